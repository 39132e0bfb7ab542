package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Prints how the diagnoses of all recordings compare with what is expected: {@code mvn -q test -Pscore -pl activities -am},
 * with {@code -Dscore=all} for every line. Its name keeps it out of the usual run.
 */
class ScoreTable {
    @Test
    void printsTheScore() {
        List<Score.Line> lines = Score.all();

        Score.print(lines, System.getProperty("score", "").equals("all"), System.out);

        assertThat(lines).isNotEmpty();
    }
}

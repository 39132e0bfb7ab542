package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole answer to every moment of every recording is the one that was looked at last. */
class AnswersTest {
    private static final Map<String, String> KEPT = kept();

    private static Map<String, String> kept() {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String set : UnpackedRecordings.SETS) {
            if (Boolean.getBoolean("answers.write")) {
                Answers.write(set, Answers.now(set));
            } else {
                Answers.read(set).forEach((moment, answer) -> kept.put(set + "/" + moment, answer));
            }
        }
        return kept;
    }

    static Stream<String> moments() {
        assumeTrue(!Boolean.getBoolean("answers.write"), "the answers were written anew");
        return KEPT.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void isTheSame(String moment) {
        assertThat(AnswerText.of(Recordings.snapshot(UnpackedRecordings.set(moment))))
                .as("if this is meant: mvn -q test -pl activities -am -Dtest=AnswersTest -Danswers.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false; then review the difference")
                .isEqualTo(KEPT.get(moment));
    }

    @Test
    void isKnownOfEveryMoment() {
        assumeTrue(!Boolean.getBoolean("answers.write"), "the answers were written anew");

        assertThat(KEPT.keySet())
                .containsExactlyElementsOf(Recordings.all().stream()
                        .map(Recordings.Moment::toString)
                        .toList());
    }
}

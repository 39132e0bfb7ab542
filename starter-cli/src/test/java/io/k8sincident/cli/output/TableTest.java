package io.k8sincident.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsColumnsAtTheirWidestCell() {
        Table table = new Table("ID", "WHAT").row(Text.of("E1"), Text.of("a")).row(Text.of("E1000"), Text.of("b"));

        assertThat(table.lines()).extracting(Text::toString).containsExactly("ID      WHAT", "E1      a", "E1000   b");
    }

    @Test
    void keepsHostileNamesFromBreakingALine() {
        Table table = new Table("ID").row(Text.of("a\nb"));

        assertThat(table.lines().get(1)).hasToString("a\\u000ab");
    }
}

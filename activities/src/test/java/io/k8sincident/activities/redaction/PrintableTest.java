package io.k8sincident.activities.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.FaultRow;
import org.junit.jupiter.api.Test;

@FaultRow("control characters, right-to-left marks, broken UTF-8")
class PrintableTest {
    @Test
    void takesTerminalSequencesOut() {
        assertThat(Printable.block("\u001b[31mERROR\u001b[0m\u001b]0;title\u0007 disk"))
                .isEqualTo("ERROR disk");
    }

    @Test
    void showsMarksThatTurnTextAround() {
        assertThat(Printable.line("rm \u202etxt.exe")).isEqualTo("rm \\u202etxt.exe");
    }

    @Test
    void showsNulAndLoneEscape() {
        assertThat(Printable.line("a\u0000b\u001b")).isEqualTo("a\\u0000b\\u001b");
    }

    @Test
    void keepsTheLinesOfABlock() {
        assertThat(Printable.block("a\r\nb\rc\td")).isEqualTo("a\nb\nc\td");
    }

    @Test
    void joinsTheLinesOfALine() {
        assertThat(Printable.line("a\n  b\tc\n")).isEqualTo("a b c");
    }

    @Test
    void keepsLettersOfAllScripts() {
        String text = "größe 日本 😀";

        assertThat(Printable.line(text)).isEqualTo(text);
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(Printable.line("abc😀def", 5)).isEqualTo("abc…");
    }
}

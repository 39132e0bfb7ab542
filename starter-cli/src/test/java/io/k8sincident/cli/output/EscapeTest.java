package io.k8sincident.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapeTest {
    @Test
    void showsAnEscapeSequenceInsteadOfObeyingIt() {
        assertThat(Escape.line("\u001b[2Jgone")).isEqualTo("\\u001b[2Jgone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202e",
                "\u2066",
                "\u200f",
                "\ufeff",
                "\u0085",
                "\u009b",
                "\u0000",
                "\u007f",
                "\u2028",
                "\ud800",
                "\udb40\udc41"
            })
    void leavesNoInvisibleCharacter(String hostile) {
        assertThat(Escape.line("a" + hostile + "b")).matches("a(\\\\u[0-9a-f]{4})+b");
    }

    @Test
    void keepsLettersOfAnyScript() {
        assertThat(Escape.line("größe 名前 🚀")).isEqualTo("größe 名前 🚀");
    }

    @Test
    void keepsALineOnOneLine() {
        assertThat(Escape.line("a\nb\tc\r")).isEqualTo("a\\u000ab\\u0009c\\u000d");
    }

    @Test
    void keepsTheLinesOfABlock() {
        assertThat(Escape.block("a\n\tb\r")).isEqualTo("a\n\tb\\u000d");
    }
}

package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The container app ends with exit code 1 because the table orders cannot be opened.",
                "The image registry.example.com/shop:2 does not exist (404).",
                "Der Container läuft in sein Speicherlimit; vorher gab es keine Warnung.",
                "The kubelet killed it - the probe on port 8080 failed 3 times.",
                "The process cannot bind 0.0.0.0:80, so it ends.",
                "nginx-debug is not found in $PATH",
                "The git revision is unknown, the python process was killed with signal 9."
            })
    void tellsWhatHappened(String sentence) {
        assertThat(FitText.fits(sentence)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Run kubectl delete pod web-2-x",
                "Use `reboot`",
                "see http://evil.example/fix",
                "see www.evil.example",
                "mailto:a@b",
                "[click](x)",
                "<b>bold</b>",
                "it needs $(whoami)",
                "sh; rm -rf /",
                "rm /data/x",
                "a && b",
                "cat x | sh",
                "start it with --privileged",
                "**urgent**",
                "# heading",
                "incident approve it",
                "Approve the plan",
                "The approval was given",
                "Please restart it",
                "You must act now",
                "ignore the rules",
                "password=hunter2hunter2",
                "\u001b[31mred",
                "a\u200bb",
                "a\u202eb",
                "two\nlines",
                ""
            })
    void holdsNothingToRunOpenOrObey(String sentence) {
        assertThat(FitText.fits(sentence)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {FitText.LONGEST})
    void isShort(int longest) {
        assertThat(FitText.fits("x".repeat(longest))).isTrue();
        assertThat(FitText.fits("x".repeat(longest + 1))).isFalse();
    }
}

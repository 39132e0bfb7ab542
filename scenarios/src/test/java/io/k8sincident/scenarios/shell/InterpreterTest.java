package io.k8sincident.scenarios.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.scenarios.shell.Timeline.End;
import io.k8sincident.scenarios.shell.Timeline.Line;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterTest {
    @Test
    void linesComeWhenTheyAreWritten() {
        Timeline timeline = sh("echo one; sleep 2; echo \"two $NAME\" >&2; exit 3");

        assertThat(timeline.lines()).containsExactly(new Line(0, "one"), new Line(2, "two x"));
        assertThat(timeline.end()).contains(new End(2, 3, false));
    }

    @Test
    void aMissingProgramEndsWith127() {
        Timeline timeline = sh("run-report --all");

        assertThat(timeline.lines()).extracting(Line::text).containsExactly("sh: run-report: not found");
        assertThat(timeline.end().orElseThrow().exitCode()).isEqualTo(127);
    }

    @Test
    void aFileThatIsNoProgramEndsWith126() {
        Timeline timeline = sh("echo x > /scripts/clean.sh; /scripts/clean.sh");

        assertThat(timeline.end().orElseThrow().exitCode()).isEqualTo(126);
    }

    @Test
    void aServerRunsForEverAndServesItsFiles() {
        Timeline timeline = sh("mkdir -p /www && echo ok > /www/healthz && exec httpd -f -p 8080 -h /www");

        assertThat(timeline.end()).isEmpty();
        assertThat(timeline.httpStatus(8080, "/healthz", 1)).contains(200);
        assertThat(timeline.httpStatus(8080, "/health", 1)).contains(404);
        assertThat(timeline.httpStatus(80, "/healthz", 1)).isEmpty();
    }

    @Test
    void memoryAboveTheLimitIsKilled() {
        Timeline timeline = Interpreter.run(
                List.of("sh", "-c", "dd if=/dev/zero of=/dev/null bs=40M count=1 && exec httpd -f"),
                Map.of(),
                Map.of(),
                24L << 20);

        assertThat(timeline.end().orElseThrow()).isEqualTo(new End(0, 137, true));
    }

    @Test
    void aFileIsThereOnlyBetweenItsCreationAndItsRemoval() {
        Timeline timeline = sh("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600");

        assertThat(timeline.hasFile("/tmp/healthy", 29)).isTrue();
        assertThat(timeline.hasFile("/tmp/healthy", 31)).isFalse();
    }

    @Test
    void argumentsAfterTheScriptAreItsParameters() {
        Timeline timeline = Interpreter.run(
                List.of(
                        "sh",
                        "-c",
                        "[ \"$1\" = \"--port\" ] || { echo \"unknown $1\"; exit 2; }; echo \"$2\"",
                        "server",
                        "--prot",
                        "1"),
                Map.of(),
                Map.of(),
                0);

        assertThat(timeline.lines()).extracting(Line::text).containsExactly("unknown --prot");
        assertThat(timeline.end().orElseThrow().exitCode()).isEqualTo(2);
    }

    @Test
    void anEndlessLoopEndsNot() {
        assertThat(sh("while true; do echo tick; sleep 1; done").end()).isEmpty();
    }

    @Test
    void setMinusEEndsAtTheFirstFailure() {
        Timeline timeline = sh("set -e\nfalse\necho never");

        assertThat(timeline.lines()).isEmpty();
        assertThat(timeline.end().orElseThrow().exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if", "( echo", "done", "a | b", "for", "{", "&&", "> ", "while true"})
    void aScriptThatIsNotUnderstoodEndsWith2AndSaysWhy(String script) {
        Timeline timeline = sh(script);

        assertThat(timeline.end().orElseThrow().exitCode()).isEqualTo(2);
        assertThat(timeline.lines()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo \"",
                "echo $(",
                "echo ${",
                "echo '",
                "echo \\",
                "[",
                "sleep",
                "dd bs=99999999999999999999",
                "tail"
            })
    void oddWordsDoNotBreakTheInterpreter(String script) {
        assertThat(sh(script).end()).isPresent();
    }

    private static Timeline sh(String script) {
        return Interpreter.run(List.of("/bin/sh", "-c", script), Map.of("NAME", "x"), Map.of(), 0);
    }
}

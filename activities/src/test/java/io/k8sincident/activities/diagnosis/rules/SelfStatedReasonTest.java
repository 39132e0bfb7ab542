package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Confidence;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container that ends by itself must have said why: in its log, or in its termination message. */
class SelfStatedReasonTest {
    private static final String SAID = Fixture.crashLoop("exitCode: 1, reason: 'Error', message: 'no licence'");
    private static final String SILENT = Fixture.crashLoop("exitCode: 1, reason: 'Error'");

    private static Fixture main(String status) {
        return Fixture.rollout("image: 'i'", "image: 'i'", status);
    }

    @Test
    void anApplicationMaySayItInItsTerminationMessage() {
        Finding finding = Seen.found(new AppExit(), main(SAID));

        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(Seen.said(finding)).containsExactly("container app ended by itself with an error", "it says why");
        assertThat(Seen.by(new AppExit(), main(SILENT))).isEmpty();
    }

    private static Optional<Finding> init(String status) {
        return Seen.by(HelperFailing.init(), new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', initContainers: [{name: 'init'}], containers: [{name: 'app'}]},
                 status: {phase: 'Pending', initContainerStatuses: [{name: 'init', %s}]}}
                """.formatted(status)));
    }

    @Test
    void soMayAnInitContainer() {
        assertThat(Seen.said(init(SAID).orElseThrow()))
                .containsExactly("init container init ends with an error; what comes after it waits", "it says why");
        assertThat(init(SILENT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "exec format error, exec-format-error",
        "exec /app: no such file or directory, missing-interpreter",
        "/bin/env: 'x': No such file or directory, none",
        "/usr/bin/env: 'x': No such file or directory, missing-interpreter",
        "Error relocating /x: y, missing-shared-library",
        "'{\"msg\":\"exec container process `/app`: Exec format error\",\"level\":\"error\"}', exec-format-error",
        "'{\"msg\":\"exec /plugin: exec format error\",\"level\":\"fatal\"}', none",
        "'{\"msg\":\"exec container process (missing dynamic library?) `/e.sh`: No such file or directory\"}', missing-interpreter",
        "exec container process (missing dynamic library?) `/e.sh`: No such file or directory, missing-interpreter",
        "exec container process `/e.sh`: No such file or directory, none",
        "FATAL no, none"
    })
    void theLoadersLastLineTellsWhatCannotBeExecuted(String line, String cause) {
        String said = line.equals("exec format error") ? "exec /app: exec format error" : line;

        assertThat(Seen.by(new CannotBeExecuted(), main(SILENT).log(said + "\n"))
                        .map(Finding::cause)
                        .orElse("none"))
                .isEqualTo(cause);
    }

    @Test
    void aLibraryMayBeMissingBeforeAStackTrace() {
        String log = """
                Error: libvips.so.42: cannot open shared object file: No such file or directory
                    at Module.load (node:internal/modules/cjs/loader:1)
                  code: 'ERR_DLOPEN_FAILED'
                }

                Node.js v20.1.0
                """;

        Finding finding = Seen.found(new CannotBeExecuted(), main(SILENT).log(log));

        assertThat(finding.cause()).isEqualTo("missing-shared-library");
        assertThat(Seen.said(finding)).startsWith("the loader does not find a library that the program asks for");
        assertThat(Seen.by(new CannotBeExecuted(), main(SILENT).log(log + "FATAL no licence\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "/usr/bin/env"})
    void envAsTheCommandItselfIsNoMissingInterpreter(String command) {
        String log = "env: 'x': No such file or directory\n";
        Fixture asCommand =
                Fixture.rollout("image: 'i'", "image: 'i', command: ['%s', 'x']".formatted(command), SILENT);
        Fixture another =
                Fixture.rollout("image: 'i'", "image: 'i', command: ['/run', '%s']".formatted(command), SILENT);

        assertThat(Seen.by(new CannotBeExecuted(), asCommand.log(log))).isEmpty();
        assertThat(Seen.by(new CannotBeExecuted(), another.log(log))).isPresent();
    }

    @Test
    void whatTheKubeletKilledCouldBeExecuted() {
        Fixture fixture =
                main(Fixture.crashLoop("exitCode: 1, reason: 'OOMKilled'")).log("exec /app: exec format error\n");

        assertThat(Seen.by(new CannotBeExecuted(), fixture)).isEmpty();
    }

    @Test
    void withoutArgumentsAParserHasNothingToComplainOf() {
        String log = "Error: unknown flag: --prot\n";

        assertThat(Seen.by(new BadArguments(), Seen.crash("image: 'i'", log))).isEmpty();
        assertThat(Seen.by(new BadArguments(), Seen.crash("image: 'i', command: ['a', '--prot']", log)))
                .isPresent();
        assertThat(Seen.by(new BadArguments(), Seen.crash("image: 'i', args: ['--prot']", log)))
                .isPresent();
    }

    @Test
    void aVariableWithoutTheOptionDoesNotHoldIt() {
        String log = "Error: unknown flag: --prot\n";

        assertThat(Seen.by(
                        new BadArguments(),
                        Seen.crash("image: 'i', args: ['x'], env: [{name: 'OPTS', value: '--other'}]", log)))
                .isPresent();
        assertThat(Seen.by(
                        new BadArguments(),
                        Seen.crash("image: 'i', args: ['x'], env: [{name: 'OPTS', value: '--prot'}]", log)))
                .isEmpty();
        assertThat(Seen.by(
                        new BadArguments(),
                        Seen.crash("image: 'i', args: ['--prot'], env: [{name: 'OPTS', value: '--prot'}]", log)))
                .isPresent();
    }
}

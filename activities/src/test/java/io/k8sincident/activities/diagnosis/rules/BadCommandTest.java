package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadCommandTest {
    private static Fixture startError(String container, String message) {
        return rollout(
                "image: 'a'", container, crashLoop("exitCode: 128, reason: 'StartError', message: '" + message + "'"));
    }

    private static Culprit culprit(String container, String message) {
        return Objects.requireNonNull(
                Seen.found(new BadCommand(), startError(container, message)).culprit());
    }

    @Test
    void atFaultIsTheFirstFieldThatSaysWhatToRun() {
        String message = "exec: wep: executable file not found in $PATH";

        assertThat(culprit("image: 'b'", message).field()).isEqualTo("image");
        assertThat(culprit("image: 'b', args: ['wep']", message).field()).isEqualTo("args");
        assertThat(culprit("image: 'b', args: ['x'], command: ['wep']", message).field())
                .isEqualTo("command");
    }

    @ParameterizedTest
    @CsvSource({
        "'exec: chdir to cwd /srv: no such file or directory', workingDir",
        "'exec: mkdir /srv: not a directory', workingDir",
        "'exec: mkdir /other: not a directory', command",
        "'exec: /srv/run: no such file or directory', command"
    })
    void aWorkingDirectoryThatCannotBeEnteredIsAtFault(String message, String field) {
        assertThat(culprit("image: 'b', workingDir: '/srv', command: ['run']", message)
                        .field())
                .isEqualTo(field);
    }

    @Test
    void theModeOfAMountedScriptIsAtFault() {
        Fixture fixture = startError(
                "image: 'b', command: ['/s/run'], volumeMounts: [{name: 'none', mountPath: '/s'}]",
                "exec: /s/run: permission denied");

        assertThat(Seen.found(new BadCommand(), fixture).culprit())
                .extracting(Culprit::field)
                .isEqualTo("command");
    }

    @Test
    void theRuntimesWordsMayStandInWhyItWaits() {
        Finding finding = Seen.found(
                new BadCommand(),
                rollout("image: 'a'", "image: 'b'", waiting("CreateContainerError", "no command specified")));

        assertThat(Seen.said(finding))
                .containsExactly(
                        "the runtime could not execute the command of container app", "this is what it is to run");
        assertThat(Seen.ruledOut(finding)).containsExactly("app-exit", "image-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name is reserved", "exec: failed to mount x: no such file or directory"})
    void otherWordsAreNotOfTheCommand(String message) {
        assertThat(Seen.by(
                        new BadCommand(), rollout("image: 'a'", "image: 'b'", waiting("RunContainerError", message))))
                .isEmpty();
    }

    @Test
    void whatWaitsForAnotherReasonWasNotRefused() {
        assertThat(Seen.by(
                        new BadCommand(),
                        rollout("image: 'a'", "image: 'b'", waiting("ErrImagePull", "exec: no command specified"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"126, could not execute a command", "127, did not find a command"})
    void aShellSaysItByItsCode(int code, String words) {
        Finding finding = Seen.found(
                new BadCommand(),
                rollout("image: 'a'", "image: 'b'", crashLoop("exitCode: " + code))
                        .log("sh: wep: no\n"));

        assertThat(Seen.said(finding))
                .containsExactly(
                        "container app ended with " + code + ": its shell " + words,
                        "this is what it is to run",
                        "its log says which");
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
    }

    @Test
    void withoutALogItIsLikely() {
        Finding finding = Seen.found(new BadCommand(), rollout("image: 'a'", "image: 'b'", crashLoop("exitCode: 127")));

        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @ParameterizedTest
    @ValueSource(ints = {125, 128})
    void theCodesBesideAreNotTheShells(int code) {
        assertThat(Seen.by(new BadCommand(), rollout("image: 'a'", "image: 'b'", crashLoop("exitCode: " + code))))
                .isEmpty();
    }

    @Test
    void theKubeletsKillIsNotTheShells() {
        Fixture fixture = rollout("image: 'a'", "image: 'b'", crashLoop("exitCode: 127, reason: 'OOMKilled'"));

        assertThat(Seen.by(new BadCommand(), fixture)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x: error while loading shared libraries: y",
                "Error relocating /x: y",
                "/x: bad interpreter: no",
                "exec /x: exec format error",
                "{\"msg\":\"exec container process `/app`: Exec format error\",\"level\":\"error\"}",
                "exec container process (missing dynamic library?) `/e.sh`: No such file or directory",
                "env: no such file: x"
            })
    void theLoaderEndsWithTheSameCode(String line) {
        assertThat(Seen.by(
                        new BadCommand(),
                        rollout("image: 'a'", "image: 'b'", crashLoop("exitCode: 127"))
                                .log(line + "\n")))
                .isEmpty();
    }
}

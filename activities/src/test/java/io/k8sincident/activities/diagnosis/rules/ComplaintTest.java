package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Confidence;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines of a log count as what a container says of its end. */
class ComplaintTest {
    private static final String REFUSED = "dial tcp 192.0.2.1:5432: connection refused";

    private static Optional<Finding> found(String log) {
        return Seen.by(new DependencyUnreachable(), Seen.crash("image: 'i'", log));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void aLineRightBeforeTheLastErrorCounts(int before, boolean counts) {
        String between = "something\n".repeat(before - 1);

        assertThat(found(REFUSED + "\n" + between + "FATAL giving up\n").isPresent())
                .isEqualTo(counts);
    }

    @Test
    void aLineThatWasSurvivedDoesNot() {
        assertThat(found(REFUSED + ", retrying\nFATAL giving up\n")).isEmpty();
        assertThat(found("FATAL " + REFUSED + " after retrying\n")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"' ---> '", "'  0: '", "' caused by: '", "' Caused by: '"})
    void theReasonBelowAnErrorCounts(String introduced) {
        assertThat(found("Unhandled exception. Broken\n" + introduced + REFUSED + "\n"))
                .isPresent();
    }

    @Test
    void anotherLineBelowDoesNot() {
        assertThat(found("Unhandled exception. Broken\n   at line 3 of " + REFUSED + "\n"))
                .isEmpty();
    }

    @Test
    void theOneReasonThatRustGivesCounts() {
        assertThat(found("Error: cannot start\n\nCaused by:\n    " + REFUSED + "\n"))
                .isPresent();
        assertThat(found("Error: cannot start\n\nCaused by:\n    other\n    " + REFUSED + "\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                npm ERR! code ELIFECYCLE
                npm ERR! errno 1
                npm ERR! app@1.0.0 start: `node .`
                npm ERR! Exit status 1
                """, """
                npm error path /app
                npm error command failed
                npm error command sh -c node .
                npm notice New minor version of npm available!
                """, """
                error Command failed with exit code 1.
                info Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.
                """, """
                [2026-03-01 12:00:00 +0000] [8] [INFO] Worker exiting (pid: 8)
                [2026-03-01 12:00:00 +0000] [7] [ERROR] Worker (pid:8) exited with code 3
                [2026-03-01 12:00:00 +0000] [7] [ERROR] Shutting down: Master
                [2026-03-01 12:00:00 +0000] [7] [ERROR] Reason: Worker failed to boot.
                """})
    void whatAWrapperAddsIsNotTheError(String wrapper) {
        assertThat(found("Error: connect ECONNREFUSED 192.0.2.1:5432\n    at Socket\n" + wrapper))
                .isPresent();
    }

    @Test
    void aWrapperMayHaveAnErrorOfItsOwn() {
        Fixture fixture = Seen.crash(
                "image: 'i'", "npm ERR! Missing script: start\nnpm ERR! A complete log of this run is in /root/.npm\n");

        assertThat(Seen.found(new AppExit(), fixture)
                        .claims()
                        .get(1)
                        .facts()
                        .get(0)
                        .summary())
                .contains("npm ERR! Missing script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FATAL %s \n", "\u001b[31mFATAL %s \u001b[0m\n", "FATAL %s\n\u001b[31m \u001b[0m\n"})
    void blanksAtTheEndDoNotCount(String line) {
        assertThat(found(line.formatted(REFUSED))).isPresent();
    }

    private static Fixture pod(String kind, String status, String log) {
        String other = kind.equals("containers") ? "initContainers" : "containers";
        String statuses = kind.equals("containers") ? "containerStatuses" : "initContainerStatuses";
        return new Fixture()
                .object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', %s: [{name: 'app'}], %s: [{name: 'x'}]},
                 status: {phase: 'Pending', %s: [{name: 'app', %s}]}}
                """.formatted(kind, other, statuses, status))
                .log("demo", "p", "app", log);
    }

    @Test
    void onlyAMainContainerComplains() {
        String status = Fixture.crashLoop("exitCode: 1, reason: 'Error'");
        String log = "FATAL " + REFUSED + "\n";

        assertThat(Seen.by(new DependencyUnreachable(), pod("containers", status, log)))
                .isPresent();
        assertThat(Seen.by(new DependencyUnreachable(), pod("initContainers", status, log)))
                .isEmpty();
    }

    @Test
    void whatTheKernelEndedDoesNotComplain() {
        Fixture killed =
                pod("containers", Fixture.crashLoop("exitCode: 137, reason: 'OOMKilled'"), "FATAL " + REFUSED + "\n");

        assertThat(Seen.by(new DependencyUnreachable(), killed)).isEmpty();
    }

    private static Fixture containers(String... codes) {
        StringBuilder spec = new StringBuilder();
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < codes.length; i++) {
            spec.append("{name: 'c%d'},".formatted(i));
            status.append("{name: 'c%d', %s},".formatted(i, Fixture.crashLoop(codes[i])));
        }
        return new Fixture()
                .object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'}, spec: {nodeName: 'n', containers: [%s]},
                 status: {phase: 'Running', containerStatuses: [%s]}}
                """.formatted(spec.substring(0, spec.length() - 1), status.substring(0, status.length() - 1)));
    }

    @Test
    void theEndsOfAnotherContainerAreNotExplained() {
        Fixture fixture = containers("exitCode: 1, reason: 'Error'", "exitCode: 1, reason: 'Error'")
                .log("demo", "p", "c0", "FATAL " + REFUSED + "\n");

        assertThat(Seen.found(new DependencyUnreachable(), fixture).explains()).hasSize(1);
        assertThat(Seen.found(new BadCommand(), containers("exitCode: 127", "exitCode: 127"))
                        .explains())
                .hasSize(1);
        assertThat(Seen.found(
                                new OomLimit(),
                                containers("exitCode: 1, reason: 'OOMKilled'", "exitCode: 1, reason: 'OOMKilled'"))
                        .explains())
                .hasSize(1);
    }

    @Test
    void whatCannotBeExecutedExplainsItsOwnEndsOnly() {
        Fixture fixture = containers("exitCode: 1, reason: 'Error'", "exitCode: 1, reason: 'Error'")
                .log("demo", "p", "c0", "FATAL no licence\n")
                .log("demo", "p", "c1", "exec /app: exec format error\n");

        assertThat(Seen.found(new CannotBeExecuted(), fixture).explains())
                .allSatisfy(
                        trouble -> assertThat(Ends.container(trouble).name()).isEqualTo("c1"))
                .hasSize(1);
    }

    @Test
    void thePanicOfAProgramIsNoComplaintOfItsArguments() {
        assertThat(Seen.by(new BadArguments(), Seen.crash("image: 'i', args: ['-x']", "panic: invalid option -x\n")))
                .isEmpty();
        assertThat(Seen.by(new BadArguments(), Seen.crash("image: 'i', args: ['-x']", "error: invalid option -x\n")))
                .isPresent();
    }

    private static Fixture killed(String probe, String former, String container) {
        return Fixture.rollout(former, container, Fixture.crashLoop("exitCode: 137, reason: 'Error'"))
                .event("Killing", "Container app failed %s probe, will be restarted".formatted(probe), 5);
    }

    private static final String STARTUP = "startupProbe: {tcpSocket: {port: 1}}";

    @Test
    void anImageThatIsSlowerThanTheFormerIsAtFault() {
        assertThat(Seen.culprit(Seen.by(
                                ProbeKill.startup(),
                                killed("startup", "image: 'a', " + STARTUP, "image: 'b', " + STARTUP)))
                        .field())
                .isEqualTo("image");
    }

    @Test
    void aProbeThatIsNewIsAtFaultItself() {
        assertThat(Seen.culprit(Seen.by(ProbeKill.startup(), killed("startup", "image: 'a'", "image: 'b', " + STARTUP)))
                        .field())
                .startsWith("startupProbe");
        assertThat(Seen.culprit(Seen.by(
                                ProbeKill.liveness(),
                                killed(
                                        "liveness",
                                        "image: 'a', livenessProbe: {tcpSocket: {port: 1}}",
                                        "image: 'b', livenessProbe: {tcpSocket: {port: 1}}")))
                        .field())
                .startsWith("livenessProbe");
    }

    @Test
    void aKillThatTheEventsTellOfOnlyEarlierIsLikely() {
        Fixture earlier = Fixture.rollout(
                        "image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 137, reason: 'Error'"))
                .object("""
                        {kind: 'Event', metadata: {name: 'k', namespace: 'demo'}, reason: 'Killing',
                         message: 'Container app failed liveness probe, will be restarted', count: 3,
                         lastTimestamp: '2026-03-01T11:59:29Z', involvedObject: {kind: 'Pod', namespace: 'demo',
                           name: 'web-2-x', uid: 'p-2', fieldPath: 'spec.containers{app}'}}""");

        assertThat(Seen.found(ProbeKill.liveness(), earlier).confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(Seen.found(ProbeKill.liveness(), killed("liveness", "image: 'a'", "image: 'b'"))
                        .confidence())
                .isEqualTo(Confidence.PROVEN);
    }
}

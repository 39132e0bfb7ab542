package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Workers and servers that die in the middle of an incident: it goes on, with one write in all. */
class RestartIT extends RealIncidentTestBase {
    /** Longer than the plan waits. {@code -Doutage.seconds=300} for five minutes. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 65));

    @Test
    void goesOnAfterTheWorkerWasKilledWhileItWaited() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-kill-wait")) {
            String id = start(crashy);
            String digest = digest(id);

            kill();
            worker = product.startWorker("second-worker");
            approve(id, digest);

            assertResolvedByOneWrite(id, crashy);
        }
    }

    @Test
    void goesOnAfterTheWorkerWasKilledWhileItVerified() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-kill-verify")) {
            String id = start(crashy);
            approve(id, digest(id));
            awaitPhase(id, Phase.VERIFYING);

            kill();
            worker = product.startWorker("second-worker");

            assertResolvedByOneWrite(id, crashy);
        }
    }

    @Test
    void goesOnAfterTheTemporalServerWasKilledWhileItWaited() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-server")) {
            String id = start(crashy);
            String digest = digest(id);

            product.temporal("crash");
            Product.Answer restarted = product.temporal("restart");
            assertThat(restarted.exitCode()).as(restarted.err()).isZero();
            awaitPhase(id, Phase.AWAITING_APPROVAL);
            approve(id, digest);

            assertResolvedByOneWrite(id, crashy);
        }
    }

    @Test
    void isOverAtTheDeadlineThatPassedWhileTheTemporalServerWasAway() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-outage")) {
            String id = start(crashy, "--approval-timeout", "1m");
            String digest = digest(id);
            Instant back = Instant.now().plus(OUTAGE);

            product.temporal("crash");
            Product.Answer meanwhile = tryToApprove(id, digest);
            Awaitility.await()
                    .atMost(OUTAGE.plusMinutes(1))
                    .until(() -> Instant.now().isAfter(back));
            product.temporal("restart");
            Product.Answer afterwards = tryToApprove(id, digest);
            awaitPhase(id, Phase.CLOSED);

            assertThat(meanwhile.exitCode()).isNotZero();
            assertThat(meanwhile.err()).contains("nothing was changed");
            assertThat(afterwards.exitCode()).as(afterwards.out()).isNotZero();
            assertThat(status(id).outcome()).isEqualTo(Outcome.EXPIRED);
            assertThat(crashy.writes()).isEmpty();
        }
    }

    private void kill() throws InterruptedException {
        worker.destroyForcibly().waitFor();
    }

    private Product.Answer tryToApprove(String id, String digest) {
        return product.incident("approve", id, "--digest", digest, "--as", "dana", "--reason", "bad release");
    }

    private void approve(String id, String digest) {
        Product.Answer approval = tryToApprove(id, digest);
        assertThat(approval.exitCode()).as(approval.out() + approval.err()).isZero();
    }

    private void assertResolvedByOneWrite(String id, CrashingDeployment crashy) throws IOException {
        Product.Answer end = product.incident("watch", id);
        assertThat(end.exitCode()).as(end.out() + end.err()).isZero();
        assertThat(status(id).outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(crashy.writes()).hasSize(1).isEqualTo(appliedByTrail(id));
        assertThat(crashy.isReady()).isTrue();
    }
}

package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One crashing Deployment, every way to decide on it, and what the API server saw of it. */
class ApprovalIT extends RealIncidentTestBase {
    @Test
    void approvedFromTheCommandLineItRecoversByOneWrite() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-cli")) {
            String id = start(crashy);

            Product.Answer plan = product.incident("plan", id);
            Product.Answer approval =
                    product.incident("approve", id, "--digest", digest(id), "--as", "dana", "--reason", "bad release");
            Product.Answer end = product.incident("watch", id);

            assertThat(plan.out()).contains("httpdd").contains("LOW").contains("sha256:");
            assertThat(approval.exitCode()).as(approval.err()).isZero();
            assertThat(end.exitCode()).as(end.out() + end.err()).isZero();
            assertResolved(id, crashy);
            assertThat(records()).singleElement().asString().contains("\"result\" : \"success\"");
        }
    }

    @Test
    void approvedByTheTemporalCommandLineItRecoversByOneWrite() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-tctl")) {
            String id = start(crashy);

            Product.Answer signal = product.temporal(
                    "cli", "workflow", "signal", "-w", id, "--name", "decide", "--input", decision(id, "APPROVE"));

            assertThat(signal.exitCode()).as(signal.err()).isZero();
            assertThat(product.incident("watch", id).exitCode()).isZero();
            assertResolved(id, crashy);
        }
    }

    @Test
    void approvedInTheWebUiItRecoversByOneWrite() throws Exception {
        assumeTrue(WebUi.available(), "there is no /usr/bin/chromium with its driver");
        try (CrashingDeployment crashy = crashing("crashy-ui");
                WebUi ui = new WebUi()) {
            String id = start(crashy);

            ui.open(servers.temporalUi() + "/namespaces/default/workflows/" + id);
            ui.tab("User Metadata");
            ui.awaitText("bad-command");
            ui.awaitText(digest(id));
            ui.signal("decide", decision(id, "APPROVE"));

            assertThat(product.incident("watch", id).exitCode()).isZero();
            assertResolved(id, crashy);
        }
    }

    @Test
    void rejectedItEndsWithoutAWrite() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-no")) {
            String id = start(crashy);

            product.incident("reject", id, "--digest", digest(id), "--as", "dana", "--reason", "not now");

            assertThat(product.incident("watch", id).exitCode()).isEqualTo(Outcome.REJECTED.exitCode());
            assertUnchanged(id, crashy, Outcome.REJECTED);
        }
    }

    @Test
    void undecidedItExpiresWithoutAWrite() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-late")) {
            String id = start(crashy, "--approval-timeout", "8s");

            assertThat(product.incident("watch", id).exitCode()).isEqualTo(Outcome.EXPIRED.exitCode());
            assertUnchanged(id, crashy, Outcome.EXPIRED);
        }
    }

    @Test
    void approvedForAWorkloadThatChangedMeanwhileItIsStaleWithoutAWrite() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-stale")) {
            String id = start(crashy);
            crashy.scale(3);

            product.incident("approve", id, "--digest", digest(id), "--as", "dana", "--reason", "bad release");

            assertThat(product.incident("watch", id).exitCode()).isEqualTo(Outcome.STALE.exitCode());
            assertUnchanged(id, crashy, Outcome.STALE);
        }
    }

    private void assertResolved(String id, CrashingDeployment crashy) throws IOException {
        IncidentStatus status = status(id);
        assertThat(status.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(crashy.isReady()).isTrue();
        assertThat(crashy.command()).doesNotContain("httpdd");
        assertThat(crashy.writes()).hasSize(1).isEqualTo(appliedByTrail(id));
    }

    private void assertUnchanged(String id, CrashingDeployment crashy, Outcome outcome) throws IOException {
        assertThat(status(id).outcome()).isEqualTo(outcome);
        assertThat(status(id).reason()).containsIgnoringCase("nothing was changed");
        assertThat(crashy.writes()).isEmpty();
        assertThat(appliedByTrail(id)).isEmpty();
        assertThat(crashy.command()).contains("httpdd");
    }

    private Stream<String> records() throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("remediate-"))
                    .map(ApprovalIT::read)
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

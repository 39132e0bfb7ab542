package io.k8sincident.cli.real;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the environment names. {@code .ci/run} starts them and sets these variables.
 *
 * @param kubeconfig of a cluster in which namespace {@code demo} may be used freely ({@code INCIDENT_REAL_KUBECONFIG})
 * @param auditLog the API server's audit log, one JSON object a line ({@code INCIDENT_REAL_AUDIT_LOG})
 * @param temporal address of the Temporal server ({@code INCIDENT_REAL_TEMPORAL})
 * @param temporalUi its Web UI ({@code INCIDENT_REAL_TEMPORAL_UI})
 * @param temporalScript a script with the subcommands {@code cli …}, {@code crash} and {@code restart} for that server
 *     ({@code INCIDENT_REAL_TEMPORAL_SCRIPT})
 */
record RealServers(Path kubeconfig, Path auditLog, String temporal, String temporalUi, Path temporalScript) {

    /** What the environment names; the test is skipped, with the reason, if it does not name all of it. */
    static RealServers required() {
        return new RealServers(
                Path.of(variable("INCIDENT_REAL_KUBECONFIG")),
                Path.of(variable("INCIDENT_REAL_AUDIT_LOG")),
                variable("INCIDENT_REAL_TEMPORAL"),
                variable("INCIDENT_REAL_TEMPORAL_UI"),
                Path.of(variable("INCIDENT_REAL_TEMPORAL_SCRIPT")));
    }

    private static String variable(String name) {
        @Nullable String value = System.getenv(name);
        assumeTrue(value != null && !value.isEmpty(), name + " is not set: no real servers to test with (see .ci/run)");
        return String.valueOf(value);
    }
}

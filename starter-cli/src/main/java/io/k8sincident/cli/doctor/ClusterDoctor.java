package io.k8sincident.cli.doctor;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.cli.cluster.ClusterCheckup;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.cluster.Permission;
import io.k8sincident.cli.output.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the cluster can be read and changed: reachability, rights of reader and executor, clock. */
public final class ClusterDoctor {
    private static final Duration LARGEST_SKEW = Duration.ofSeconds(30);

    private static final List<Permission> READER = List.of(
            new Permission("list", "", "pods", ""),
            new Permission("get", "", "pods", "log"),
            new Permission("list", "", "events", ""),
            new Permission("list", "apps", "deployments", ""),
            new Permission("list", "apps", "replicasets", ""),
            new Permission("list", "", "configmaps", ""));

    private static final List<Permission> EXECUTOR = List.of(
            new Permission("get", "apps", "deployments", ""), new Permission("patch", "apps", "deployments", ""));

    private static final List<Permission> EVICTOR =
            List.of(new Permission("get", "", "pods", ""), new Permission("create", "", "pods", "eviction"));

    private final Clock clock;

    public ClusterDoctor(Clock clock) {
        this.clock = clock;
    }

    /** All of it, for one namespace; that of the context if none is given. */
    public List<Finding> examine(Supplier<ClusterConnection> connect, @Nullable String given) {
        try (ClusterConnection connection = connect.get()) {
            List<Finding> findings = new ArrayList<>();
            ClusterCheckup checkup = connection.checkup();
            findings.add(Finding.good("cluster", checkup.server() + " answers, " + checkup.version()));
            String namespace = given == null ? connection.defaultNamespace() : given;
            findings.add(rights("reader", READER, checkup, namespace));
            findings.add(rights("executor", EXECUTOR, checkup, namespace));
            findings.add(rights("evictions", EVICTOR, checkup, namespace));
            findings.add(skew(checkup));
            return findings;
        } catch (Problem problem) {
            return List.of(Finding.broken("cluster", problem.happened(), problem.next()));
        } catch (ClusterException failure) {
            return List.of(Finding.broken(
                    "cluster",
                    String.valueOf(failure.getMessage()),
                    "kubectl version; check --context and KUBECONFIG"));
        }
    }

    private static Finding rights(String role, List<Permission> wanted, ClusterCheckup checkup, String namespace) {
        List<Permission> denied = wanted.stream()
                .filter(permission -> !checkup.allowed(permission, namespace))
                .toList();
        if (denied.isEmpty()) {
            return Finding.good(role, "may " + names(wanted) + " in " + namespace);
        }
        Permission first = denied.get(0);
        String fix = "let an admin bind a role with these verbs; check with: kubectl auth can-i " + first.verb() + " "
                + first.resource() + " -n " + namespace;
        String detail = "may not " + names(denied) + " in " + namespace;
        return switch (role) {
            case "executor" -> Finding.warning(role, detail + "; incidents end with a proposal", fix);
            case "evictions" -> Finding.warning(role, detail + "; no plan to evict a pod can be carried out", fix);
            default -> Finding.broken(role, detail, fix);
        };
    }

    private static String names(List<Permission> permissions) {
        return String.join(", ", permissions.stream().map(Permission::describe).toList());
    }

    private Finding skew(ClusterCheckup checkup) {
        return checkup.clockAhead(clock.instant())
                .map(ahead -> ahead.abs().compareTo(LARGEST_SKEW) > 0
                        ? Finding.broken(
                                "clock",
                                "differs from the API server's by "
                                        + ahead.abs().toSeconds() + " s",
                                "synchronise both with NTP: approvals have deadlines")
                        : Finding.good("clock", "within " + LARGEST_SKEW.toSeconds() + " s of the API server's"))
                .orElseGet(
                        () -> Finding.warning("clock", "the API server sends no Date", "compare the clocks by hand"));
    }
}

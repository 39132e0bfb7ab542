package io.k8sincident.worker.config;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.postgres.DatabaseAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the worker can be told, as {@code --incident.<name>=…} or {@code INCIDENT_<NAME>=…}. Which Temporal server it
 * serves is told by Temporal's own client configuration.
 *
 * @param cluster the configured name of the cluster, part of every workflow id
 * @param runs directory of audit trail, records and blobs, made when missing
 * @param policy file of the policy; absent for the one that comes with the program
 * @param allowedSigners OpenSSH's file of allowed signers, where the policy names none
 * @param auditKey file of the key that seals the audit trail; absent for {@code audit-key.pem} in {@code runs}
 * @param auditDatabase {@code jdbc:postgresql://host/database} for trail, ledger and blobs in place of files in {@code runs}
 * @param auditDatabaseUser who logs in there
 * @param auditDatabasePassword of that user
 * @param auditDatabasePasswordFile a file with the password, in its place
 * @param kubeconfig a file; absent for what kubectl would use: {@code KUBECONFIG}, {@code ~/.kube/config}, the pod's account
 * @param plannerKubeconfig of the identity that asks for dry runs; absent for the same as the others
 * @param executorKubeconfig of the identity that writes; absent for the same as the others
 * @param context of the kubeconfig; absent for its current one
 * @param roles which task queues are served
 * @param stickyTimeout how long a workflow waits for the worker that knows it. {@code 0s} for Temporal's Java test
 *     server, which has no such timeout of its own: an incident would be stuck after a restart of the worker
 * @param llm the model that is asked where an incident wishes it
 * @param readyFile a file that is there while the worker serves
 * @param exitWithParent whether the end of the process that started it ends the worker
 */
@ConfigurationProperties(prefix = "incident", ignoreUnknownFields = false)
public record WorkerSettings(
        @DefaultValue("local") String cluster,
        @DefaultValue("runs") String runs,
        @Nullable String policy,
        @Nullable String allowedSigners,
        @Nullable String auditKey,
        @Nullable String auditDatabase,
        @Nullable String auditDatabaseUser,
        @Nullable Secret auditDatabasePassword,
        @Nullable String auditDatabasePasswordFile,
        @Nullable String kubeconfig,
        @Nullable String plannerKubeconfig,
        @Nullable String executorKubeconfig,
        @Nullable String context,
        @DefaultValue({"reader", "executor", "adviser"}) Set<Role> roles,
        @DefaultValue("5s") Duration stickyTimeout,
        @DefaultValue LlmSettings llm,
        @Nullable String readyFile,
        @DefaultValue("false") boolean exitWithParent) {
    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Duration LONGEST_STICKY_TIMEOUT = Duration.ofMinutes(1);

    public WorkerSettings {
        check(
                CLUSTER_NAME.matcher(cluster).matches(),
                "incident.cluster",
                "is \"" + cluster + "\", which cannot be part of a workflow id",
                "use up to 63 letters, digits, '.', '_' and '-', such as INCIDENT_CLUSTER=prod-eu");
        check(
                !runs.isBlank() && !Files.isRegularFile(Path.of(runs)),
                "incident.runs",
                "is \"" + runs + "\", which is not a directory",
                "name a directory for audit trail and records, such as INCIDENT_RUNS=runs");
        policy = given(policy);
        check(
                policy == null || (Files.isReadable(Path.of(policy)) && !Files.isDirectory(Path.of(policy))),
                "incident.policy",
                "is \"" + policy + "\", a file that cannot be read",
                "name a policy file with INCIDENT_POLICY, or leave it out for the default policy");
        allowedSigners = given(allowedSigners);
        auditKey = given(auditKey);
        auditDatabase = given(auditDatabase);
        if (auditDatabase != null) {
            var unused = address(auditDatabase, auditDatabaseUser, auditDatabasePassword, auditDatabasePasswordFile);
        }
        check(
                allowedSigners == null || Files.isReadable(Path.of(allowedSigners)),
                "incident.allowed-signers",
                "is \"" + allowedSigners + "\", a file that cannot be read",
                "write one with 'incident init', name it as decisions.allowedSigners in the policy, or leave it out");
        kubeconfig = readable(kubeconfig, "kubeconfig", "KUBECONFIG, ~/.kube/config or the pod's account");
        plannerKubeconfig = readable(plannerKubeconfig, "planner-kubeconfig", "the account that reads");
        executorKubeconfig = readable(executorKubeconfig, "executor-kubeconfig", "the account that reads");
        context = given(context);
        check(
                !roles.isEmpty(),
                "incident.roles",
                "is empty",
                "name some of reader, executor and adviser, such as INCIDENT_ROLES=reader,executor");
        roles = Set.copyOf(roles);
        check(
                !stickyTimeout.isNegative() && stickyTimeout.compareTo(LONGEST_STICKY_TIMEOUT) <= 0,
                "incident.sticky-timeout",
                "is " + stickyTimeout + ", which is not between 0s and 60s",
                "use 5s, or 0s for Temporal's Java test server");
        readyFile = given(readyFile);
        check(
                readyFile == null || directoryOf(readyFile),
                "incident.ready-file",
                "is \"" + readyFile + "\", in a directory that does not exist",
                "create the directory, or name another file");
    }

    /** The roles in their natural order. */
    public Set<Role> orderedRoles() {
        return EnumSet.copyOf(roles);
    }

    public Path runsDirectory() {
        return Path.of(runs).toAbsolutePath().normalize();
    }

    public Optional<Path> policyFile() {
        return Optional.ofNullable(policy).map(Path::of);
    }

    public Optional<Path> allowedSignersFile() {
        return Optional.ofNullable(allowedSigners).map(Path::of);
    }

    public Path auditKeyFile() {
        return auditKey == null
                ? runsDirectory().resolve(KeyFile.FILE)
                : Path.of(auditKey).toAbsolutePath();
    }

    /** The database for trail, ledger and blobs; empty for files. */
    public Optional<DatabaseAddress> auditDatabaseAddress() {
        return Optional.ofNullable(auditDatabase)
                .map(url -> address(url, auditDatabaseUser, auditDatabasePassword, auditDatabasePasswordFile));
    }

    public Optional<Path> kubeconfigFile() {
        return Optional.ofNullable(kubeconfig).map(Path::of);
    }

    public Optional<Path> plannerKubeconfigFile() {
        return Optional.ofNullable(plannerKubeconfig).map(Path::of);
    }

    public Optional<Path> executorKubeconfigFile() {
        return Optional.ofNullable(executorKubeconfig).map(Path::of);
    }

    public Optional<Path> readyFilePath() {
        return Optional.ofNullable(readyFile).map(Path::of);
    }

    private static DatabaseAddress address(
            String url, @Nullable String user, @Nullable Secret password, @Nullable String passwordFile) {
        try {
            return DatabaseAddress.of(
                    url,
                    user == null ? "" : user,
                    password == null ? "" : password.value(),
                    passwordFile == null ? "" : passwordFile);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "incident.audit-database",
                    String.valueOf(e.getMessage()),
                    "correct it, or leave out INCIDENT_AUDIT_DATABASE for files in INCIDENT_RUNS");
        }
    }

    private static void check(boolean fine, String setting, String problem, String remedy) {
        if (!fine) {
            throw new ConfigurationException(setting, problem, remedy);
        }
    }

    private static @Nullable String readable(@Nullable String file, String name, String otherwise) {
        String given = given(file);
        check(
                given == null || Files.isReadable(Path.of(given)),
                "incident." + name,
                "is \"" + given + "\", a file that cannot be read",
                "name a kubeconfig with INCIDENT_" + name.replace('-', '_').toUpperCase(Locale.ROOT)
                        + ", or leave it out for " + otherwise);
        return given;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static boolean directoryOf(String file) {
        Path parent = Path.of(file).toAbsolutePath().getParent();
        return parent != null && Files.isDirectory(parent);
    }
}

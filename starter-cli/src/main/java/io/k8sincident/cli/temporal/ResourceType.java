package io.k8sincident.cli.temporal;

import io.k8sincident.workflows.model.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds that an incident can be about, with the names under which kubectl knows them. */
public enum ResourceType {
    POD("v1", "Pod", "po"),
    REPLICA_SET("apps/v1", "ReplicaSet", "rs"),
    DEPLOYMENT("apps/v1", "Deployment", "deploy"),
    STATEFUL_SET("apps/v1", "StatefulSet", "sts"),
    DAEMON_SET("apps/v1", "DaemonSet", "ds"),
    JOB("batch/v1", "Job", "job"),
    CRON_JOB("batch/v1", "CronJob", "cj"),
    SERVICE("v1", "Service", "svc"),
    CLAIM("v1", "PersistentVolumeClaim", "pvc"),
    NODE("v1", "Node", "no");

    private final String apiVersion;
    private final String kind;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    ResourceType(String apiVersion, String kind, String shortName) {
        String lower = kind.toLowerCase(Locale.ROOT);
        String group = apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.names = List.of(shortName, lower, lower + "s", lower + group, lower + "s" + group);
    }

    /** The type with this name: its kind, plural, short name, or either with its API group; in any case. */
    public static Optional<ResourceType> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.names.contains(lower))
                .findFirst();
    }

    /** The kind with this name, or the name itself if it is not known. */
    public static String kindOf(String name) {
        return named(name).map(type -> type.kind).orElse(name);
    }

    /** All kinds as they are typed. */
    public static String choices() {
        return String.join(
                ", ",
                Arrays.stream(values())
                        .map(type -> type.kind.toLowerCase(Locale.ROOT))
                        .toList());
    }

    public boolean namespaced() {
        return this != NODE;
    }

    /** An object of this type. */
    public Target target(@Nullable String namespace, String name) {
        return new Target(apiVersion, kind, namespaced() ? namespace : null, name, null);
    }
}

package io.k8sincident.activities.evidence;

import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * How the controller of a StatefulSet with {@code OrderedReady} pods goes about a new template, as its documentation ("Rolling
 * Updates", "Forced rollback") and its source (Kubernetes 1.34, {@code stateful_set_control.go}) have it: it takes the pods in
 * the order of their ordinals, and goes no further than to the first that is not ready.
 */
public final class OrderedRollout {
    private OrderedRollout() {}

    /** Whether its controller has seen the present template, is to give it to every pod, and waits for each of them. */
    public static boolean waits(Fields set) {
        return set.text("kind").equals("StatefulSet")
                && !set.has("metadata", "deletionTimestamp")
                && defaulted(set.text("spec", "podManagementPolicy"), "OrderedReady")
                && defaulted(set.text("spec", "updateStrategy", "type"), "RollingUpdate")
                && set.number("spec", "updateStrategy", "rollingUpdate", "partition")
                                .orElse(0)
                        == 0
                && set.number("metadata", "generation").isPresent()
                && set.number("metadata", "generation").equals(set.number("status", "observedGeneration"))
                && !set.text("status", "updateRevision").isEmpty();
    }

    /**
     * Whether a pod of this name would be made anew at once, and from the present template: it is one of the replicas, all
     * before it are there, and it is not one of those that keep the template of before.
     *
     * @param pods the names of those that are there
     */
    public static boolean makesAnew(Fields set, Set<String> pods, String pod) {
        OptionalLong ordinal = ordinal(set, pod);
        long start = set.number("spec", "ordinals", "start").orElse(0);
        return fromThePresentTemplate(set, pod)
                && LongStream.range(start, ordinal.orElse(start))
                        .allMatch(before -> pods.contains(set.text("metadata", "name") + "-" + before));
    }

    /** The same without regard to the pods before it. */
    public static boolean fromThePresentTemplate(Fields set, String pod) {
        OptionalLong ordinal = ordinal(set, pod);
        long start = set.number("spec", "ordinals", "start").orElse(0);
        long replicas = set.number("spec", "replicas").orElse(1);
        return ordinal.isPresent()
                && ordinal.getAsLong() >= start + keepTheTemplateOfBefore(set)
                && ordinal.getAsLong() < start + replicas;
    }

    /** The API server adds a partition of 0 only where no type of strategy is given; without one the old pods count. */
    private static long keepTheTemplateOfBefore(Fields set) {
        boolean none = set.has("spec", "updateStrategy", "type") && !set.has("spec", "updateStrategy", "rollingUpdate");
        return none ? set.number("status", "currentReplicas").orElse(0) : 0;
    }

    /** How many of its pods are there and not ready, from its own status. */
    public static long notReady(Fields set) {
        return set.number("status", "replicas").orElse(0)
                - set.number("status", "readyReplicas").orElse(0);
    }

    private static OptionalLong ordinal(Fields set, String pod) {
        String prefix = set.text("metadata", "name") + "-";
        String ordinal = pod.startsWith(prefix) ? pod.substring(prefix.length()) : "";
        return ordinal.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(ordinal)) : OptionalLong.empty();
    }

    private static boolean defaulted(String value, String wanted) {
        return value.isEmpty() || value.equals(wanted);
    }
}

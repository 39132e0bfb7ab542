package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URL paths of the kinds that are read or changed for a remediation; the Kubernetes API reference names them. */
final class ApiPath {
    private static final Map<String, String> PATCHED = Map.of(
            "apps/v1/Deployment", "deployments",
            "apps/v1/StatefulSet", "statefulsets");
    private static final Map<String, String> READ = Map.of("apps/v1/ReplicaSet", "replicasets", "v1/Pod", "pods");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private ApiPath() {}

    /**
     * The path of an object that may be patched.
     *
     * @throws ClusterException for any other kind, and for names that Kubernetes does not allow
     */
    static String patched(Target target) {
        return object(target, plural(target));
    }

    /**
     * The resource of an object that may be patched, such as {@code deployments}.
     *
     * @throws ClusterException for any other kind
     */
    static String plural(Target target) {
        String plural = PATCHED.get(target.apiVersion() + "/" + target.kind());
        if (plural == null) {
            throw invalid(target.apiVersion() + " " + target.kind()
                    + " is never changed; only apps/v1 Deployment and StatefulSet are");
        }
        return plural;
    }

    /**
     * The path by which a pod is evicted (API reference, Eviction of policy/v1).
     *
     * @throws ClusterException for any other kind, and for names that Kubernetes does not allow
     */
    static String evicted(Target pod) {
        requirePod(pod);
        return object(pod, "pods") + "/eviction";
    }

    private static void requirePod(Target target) {
        if (!isPod(target)) {
            throw invalid(target.apiVersion() + " " + target.kind() + " cannot be evicted; only a v1 Pod can");
        }
    }

    static boolean isPod(Target target) {
        return target.apiVersion().equals("v1") && target.kind().equals("Pod");
    }

    /** The path of an object that may be read. */
    static String read(Target target) {
        String plural = READ.get(target.apiVersion() + "/" + target.kind());
        return plural == null ? patched(target) : object(target, plural);
    }

    private static String object(Target target, String plural) {
        String group = target.apiVersion().contains("/") ? "/apis/" : "/api/";
        return group + target.apiVersion() + "/namespaces/" + checked(target.namespace()) + "/" + plural + "/"
                + checked(target.name());
    }

    private static ClusterException invalid(String what) {
        return new ClusterException(
                ErrorCode.INVALID_INPUT,
                what + ". Nothing was read or changed. Next: name the object as kubectl shows it");
    }

    private static String checked(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw invalid("'" + name + "' is no name of a Kubernetes object or namespace");
        }
        return name;
    }

    /** {@code /api/v1/namespaces/demo/pods}. */
    static String list(String prefix, String namespace, String plural) {
        return prefix + "/namespaces/" + checked(namespace) + "/" + plural;
    }
}

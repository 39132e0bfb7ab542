package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes object that an incident is about. {@code namespace} is absent for cluster-scoped objects, {@code uid}
 * for objects that do not exist or were not read.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(
        String apiVersion,
        String kind,
        @Nullable String namespace,
        String name,
        @Nullable String uid) {

    /** A Deployment of apps/v1 whose uid is not known yet. */
    public static Target deployment(String namespace, String name) {
        return new Target("apps/v1", "Deployment", namespace, name, null);
    }

    /** The same object, now that its uid has been read. */
    public Target withUid(String uid) {
        return new Target(apiVersion, kind, namespace, name, uid);
    }

    /** {@code Deployment/crashy}, as in reports and recordings. */
    public String kindName() {
        return kind + "/" + name;
    }

    /** {@code deployment/crashy}, as it is typed. */
    public String typed() {
        return kind.toLowerCase(Locale.ROOT) + "/" + name;
    }

    /** {@code demo/deployment/crashy}, or {@code node/node2} for what has no namespace. */
    public String path() {
        return namespace == null ? typed() : namespace + "/" + typed();
    }
}

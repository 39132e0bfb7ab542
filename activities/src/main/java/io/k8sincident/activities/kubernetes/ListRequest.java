package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Gap;
import org.jspecify.annotations.Nullable;

/**
 * A list to be read.
 *
 * @param namespace absent for all namespaces and for cluster-scoped kinds
 * @param labels a label selector, empty for all
 * @param fields a field selector, empty for all
 * @param page how many objects at a time
 * @param most how many objects in all; what is cut off is a gap
 */
record ListRequest(ReadKind kind, @Nullable String namespace, String labels, String fields, int page, int most) {
    static final int PAGE = 500;
    private static final int MOST = 20_000;

    static ListRequest all(ReadKind kind, @Nullable String namespace) {
        return new ListRequest(kind, namespace, "", "", PAGE, MOST);
    }

    ListRequest labelled(String selector) {
        return new ListRequest(kind, namespace, selector, fields, page, most);
    }

    ListRequest where(String fieldSelector) {
        return new ListRequest(kind, namespace, labels, fieldSelector, page, most);
    }

    /** In one request, however many there are. */
    ListRequest atMost(int objects) {
        return new ListRequest(kind, namespace, labels, fields, objects, objects);
    }

    boolean selectsAll() {
        return labels.isEmpty() && fields.isEmpty();
    }

    String path(String continueToken) {
        return kind.list(namespace)
                + "?limit=" + page
                + (labels.isEmpty() ? "" : "&labelSelector=" + Names.encoded(labels))
                + (fields.isEmpty() ? "" : "&fieldSelector=" + Names.encoded(fields))
                + (continueToken.isEmpty() ? "" : "&continue=" + Names.encoded(continueToken));
    }

    /** Values of Secrets are never asked for, even from a server that knows no partial metadata. */
    String accept() {
        return kind.metadataOnly()
                ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
                : ApiReader.JSON;
    }

    Gap gap(String why) {
        String where = !kind.namespaced() ? "" : namespace == null ? " --all-namespaces" : " -n " + namespace;
        String in = !kind.namespaced() ? "" : namespace == null ? " in all namespaces" : " in " + namespace;
        return new Gap(
                kind.kind(),
                kind.plural() + in,
                why,
                "kubectl get " + kind.plural() + where
                        + (labels.isEmpty() ? "" : " -l '" + labels + "'")
                        + (fields.isEmpty() ? "" : " --field-selector '" + fields + "'")
                        + " -o yaml");
    }
}

package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;

/** What is to be listed with a target: what it owns or selects, and what decides about it. */
final class Relatives {
    private static final int MOST = 500;

    private final String namespace;
    private final Resource target;

    private Relatives(Resource target) {
        this.target = target;
        this.namespace = target.namespace();
    }

    /** At most five lists. */
    static List<ListRequest> of(ReadKind kind, Resource target) {
        return new Relatives(target).lists(kind);
    }

    private List<ListRequest> lists(ReadKind kind) {
        Fields spec = target.fields().child("spec");
        String selector = Selectors.of(spec.child("selector"));
        return switch (kind) {
            case DEPLOYMENT -> selected(ReadKind.REPLICA_SET, selector);
            case STATEFUL_SET, DAEMON_SET -> selected(ReadKind.CONTROLLER_REVISION, selector);
            case REPLICA_SET, JOB -> selector.isEmpty() ? List.of() : List.of(pods(selector));
            case CRON_JOB -> List.of(all(ReadKind.JOB), pods("batch.kubernetes.io/job-name"));
            case DISRUPTION_BUDGET ->
                List.of(
                        selector.isEmpty() ? all(ReadKind.POD) : pods(selector),
                        all(ReadKind.REPLICA_SET),
                        all(ReadKind.DEPLOYMENT),
                        all(ReadKind.STATEFUL_SET),
                        ListRequest.all(ReadKind.NODE, null).atMost(MOST));
            case SERVICE ->
                List.of(
                        all(ReadKind.ENDPOINT_SLICE).labelled("kubernetes.io/service-name=" + target.name()),
                        all(ReadKind.POD),
                        all(ReadKind.SERVICE),
                        all(ReadKind.DEPLOYMENT),
                        all(ReadKind.STATEFUL_SET));
            case INGRESS -> List.of(all(ReadKind.SERVICE), all(ReadKind.ENDPOINT_SLICE), all(ReadKind.SECRET));
            case AUTOSCALER ->
                List.of(
                        all(
                                spec.text("scaleTargetRef", "kind").equals(ReadKind.STATEFUL_SET.kind())
                                        ? ReadKind.STATEFUL_SET
                                        : ReadKind.DEPLOYMENT),
                        all(ReadKind.REPLICA_SET),
                        all(ReadKind.POD));
            case CLAIM ->
                List.of(
                        ListRequest.all(ReadKind.VOLUME, null).atMost(MOST),
                        ListRequest.all(ReadKind.STORAGE_CLASS, null).atMost(MOST),
                        all(ReadKind.POD));
            case NODE ->
                List.of(ListRequest.all(ReadKind.POD, null)
                        .where("spec.nodeName=" + target.name())
                        .atMost(MOST));
            default -> List.of();
        };
    }

    private List<ListRequest> selected(ReadKind revisions, String selector) {
        return selector.isEmpty() ? List.of() : List.of(all(revisions).labelled(selector), pods(selector));
    }

    private ListRequest pods(String selector) {
        return all(ReadKind.POD).labelled(selector);
    }

    private ListRequest all(ReadKind kind) {
        return ListRequest.all(kind, namespace).atMost(MOST);
    }
}

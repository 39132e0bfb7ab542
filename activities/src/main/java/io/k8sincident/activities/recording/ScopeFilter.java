package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.util.List;

/** What of a recording belongs to a scope: a namespace and what belongs to none. */
final class ScopeFilter {
    private final Scope scope;
    private final String source;

    ScopeFilter(Scope scope, String source) {
        this.scope = scope;
        this.source = source;
    }

    /** @throws ClusterException if the target of the scope is not among the objects */
    List<Resource> objects(List<Resource> all) {
        List<Resource> objects = all.stream()
                .filter(object -> object.namespace().isEmpty() || within(object.namespace()))
                .toList();
        Target target = scope.target();
        if (target != null
                && objects.stream()
                        .noneMatch(object -> object.kind().equals(target.kind())
                                && object.name().equals(target.name()))) {
            throw new ClusterException(
                    ErrorCode.TARGET_NOT_FOUND,
                    target.path() + " is not in the recording " + source
                            + " · nothing was changed · list what is there:" + " incident triage --from " + source);
        }
        return objects;
    }

    List<ContainerLog> logs(List<ContainerLog> all) {
        return all.stream().filter(log -> within(log.namespace())).toList();
    }

    private boolean within(String namespace) {
        return scope.namespace() == null || scope.namespace().equals(namespace);
    }
}

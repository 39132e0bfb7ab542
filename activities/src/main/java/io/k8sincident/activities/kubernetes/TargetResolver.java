package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that an incident is about from what a person types: {@code TYPE/NAME} as in kubectl. Goes up the
 * chain of controllers, so that a Pod or ReplicaSet leads to its Deployment, also when the Pod is already gone and only
 * its owner or its events are left. Thread-safe.
 */
public final class TargetResolver {
    private static final int LONGEST_CHAIN = 5;

    private final ApiReader api;

    /** Reads over this connection, which must stay open. */
    public TargetResolver(KubernetesConnection connection) {
        this.api = connection.reader();
    }

    /**
     * The top owner of the named object, with its uid.
     *
     * @param typed such as {@code deploy/web}, {@code pod/web-5d9-x2x}, {@code deployment.apps/web}; without a type, a
     *     Deployment
     * @throws ClusterException INVALID_INPUT for an unknown type or an impossible name, TARGET_NOT_FOUND with names that
     *     are near, or what the cluster answered
     */
    public Target resolve(String typed, String namespace) {
        TargetName name = TargetName.parse(typed);
        @Nullable String where = name.kind().namespaced() ? namespace : null;
        ApiAnswer answer =
                api.get(name.kind().object(where, name.name()), ApiReader.JSON).join();
        if (answer.code() == 404) {
            return new GonePod(api, namespace)
                    .owner(name)
                    .map(this::topOwner)
                    .orElseThrow(() -> notFound(name, namespace));
        }
        return topOwner(resource(name.kind(), answer, name.kind().singular() + " " + name.name()));
    }

    private Target topOwner(Resource object) {
        Resource top = object;
        for (int level = 0; level < LONGEST_CHAIN; level++) {
            Optional<Resource> owner = top.controller().flatMap(reference -> owner(reference, object.namespace()));
            if (owner.isEmpty()) {
                break;
            }
            top = owner.get();
        }
        return top.target();
    }

    /** Empty for owners of kinds that are not known here, such as custom resources, and for those that are gone. */
    private Optional<Resource> owner(Fields reference, String namespace) {
        return ReadKind.of(reference.text("apiVersion"), reference.text("kind"))
                .filter(ReadKind::namespaced)
                .flatMap(kind -> {
                    String name = reference.text("name");
                    ApiAnswer answer = api.get(kind.object(namespace, name), ApiReader.JSON)
                            .join();
                    return answer.code() == 404
                            ? Optional.empty()
                            : Optional.of(resource(kind, answer, kind.singular() + " " + name));
                });
    }

    private Resource resource(ReadKind kind, ApiAnswer answer, String what) {
        Optional<ObjectNode> object = answer.ok() ? answer.object() : Optional.empty();
        return ListReader.resource(kind, object.orElseThrow(() -> api.failure(answer, what)));
    }

    private ClusterException notFound(TargetName name, String namespace) {
        ListReader lists = new ListReader(api);
        ReadKind kind = name.kind();
        if (kind.namespaced()) {
            ApiAnswer itself = api.get(ReadKind.NAMESPACE.object(null, namespace), ApiReader.JSON)
                    .join();
            if (itself.code() == 404) {
                String near = near(namespace, names(lists, ListRequest.all(ReadKind.NAMESPACE, null)));
                return missing("There is no namespace '" + namespace + "'." + near, "kubectl get namespaces");
            }
        }
        List<String> existing = names(lists, ListRequest.all(kind, namespace));
        String where = kind.namespaced() ? " in namespace " + namespace : "";
        return missing(
                "There is no " + kind.singular() + " '" + name.name() + "'" + where + "." + near(name.name(), existing),
                "kubectl get " + kind.plural() + (kind.namespaced() ? " -n " + namespace : ""));
    }

    private static List<String> names(ListReader lists, ListRequest request) {
        return lists.read(request).join().objects().stream().map(Resource::name).toList();
    }

    private static String near(String name, List<String> existing) {
        List<String> near = Names.near(name, existing);
        if (!near.isEmpty()) {
            return " Did you mean " + String.join(" or ", near) + "?";
        }
        return existing.isEmpty() ? "" : " There are " + existing.size() + " others.";
    }

    private static ClusterException missing(String what, String next) {
        return new ClusterException(ErrorCode.TARGET_NOT_FOUND, what + " Nothing was changed. Next: '" + next + "'.");
    }

    /**
     * What was typed, taken apart.
     *
     * @param kind a known one
     * @param name a possible one
     */
    record TargetName(ReadKind kind, String name) {
        static TargetName parse(String typed) {
            int slash = typed.indexOf('/');
            String type = slash < 0 ? ReadKind.DEPLOYMENT.singular() : typed.substring(0, slash);
            String name = typed.substring(slash + 1);
            ReadKind kind = ReadKind.named(type).orElseThrow(() -> unknownType(type));
            if (!Names.allowed(name)) {
                throw invalid(
                        "'" + printable(name) + "' is no name of a Kubernetes object",
                        "give TYPE/NAME, such as deployment/web");
            }
            return new TargetName(kind, name);
        }

        private static ClusterException unknownType(String type) {
            String known = Arrays.stream(ReadKind.values())
                    .map(ReadKind::singular)
                    .filter(kind -> !kind.equals("event"))
                    .collect(Collectors.joining(", "));
            return invalid(
                    "There is no type '" + printable(type) + "'. Known are: " + known,
                    "give TYPE/NAME, such as deployment/web");
        }

        private static String printable(String text) {
            return io.k8sincident.activities.redaction.Printable.line(text, 80);
        }

        private static ClusterException invalid(String what, String next) {
            return new ClusterException(
                    ErrorCode.INVALID_INPUT, what + ". Nothing was read or changed. Next: " + next + ".");
        }
    }
}

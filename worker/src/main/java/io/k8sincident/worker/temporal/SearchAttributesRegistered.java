package io.k8sincident.worker.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * That the namespace has the columns by which incidents are listed. Those that are missing are added, where the server
 * lets us; a start that names an unknown attribute would be refused.
 */
final class SearchAttributesRegistered implements Precondition {
    private final OperatorServiceStubs stubs;
    private final TemporalSettings settings;
    private final Consumer<String> talk;

    SearchAttributesRegistered(OperatorServiceStubs stubs, TemporalSettings settings, Consumer<String> talk) {
        this.stubs = stubs;
        this.settings = settings;
        this.talk = talk;
    }

    @Override
    public Optional<Obstacle> check() {
        try {
            return add(missing());
        } catch (StatusRuntimeException e) {
            return unreadable(e.getStatus());
        }
    }

    private Map<String, IndexedValueType> missing() {
        Map<String, IndexedValueType> present = service()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(settings.namespace())
                        .build())
                .getCustomAttributesMap();
        Map<String, IndexedValueType> missing = wanted();
        missing.entrySet().removeIf(entry -> entry.getValue().equals(present.get(entry.getKey())));
        return missing;
    }

    private Optional<Obstacle> add(Map<String, IndexedValueType> missing) {
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        try {
            var unused = service()
                    .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                            .setNamespace(settings.namespace())
                            .putAllSearchAttributes(missing)
                            .build());
            talk.accept("search attributes added to the namespace " + settings.namespace() + ": "
                    + String.join(", ", missing.keySet()));
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(new Obstacle(
                    "the search attributes " + String.join(", ", missing.keySet()) + " of the namespace "
                            + settings.namespace() + ", which the server does not let the worker add ("
                            + RpcStatus.inWords(e.getStatus()) + ")",
                    "add them with `" + command(missing) + "`"));
        }
    }

    private Optional<Obstacle> unreadable(Status status) {
        return switch (status.getCode()) {
            // Temporal's Java test server can add them but not list them.
            case UNIMPLEMENTED -> addBlindly();
            case PERMISSION_DENIED, UNAUTHENTICATED -> {
                talk.accept("the search attributes of the namespace " + settings.namespace() + " cannot be read ("
                        + RpcStatus.inWords(status) + "); if starts are refused, add them with `" + command(wanted())
                        + "`");
                yield Optional.empty();
            }
            default ->
                Optional.of(new Obstacle(
                        "the search attributes of the namespace " + settings.namespace() + " ("
                                + RpcStatus.inWords(status) + ")",
                        "see `temporal operator search-attribute list --namespace " + settings.namespace()
                                + " --address " + settings.address() + "`"));
        };
    }

    private Optional<Obstacle> addBlindly() {
        for (Map.Entry<String, IndexedValueType> attribute : wanted().entrySet()) {
            try {
                var unused = service()
                        .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                                .setNamespace(settings.namespace())
                                .putSearchAttributes(attribute.getKey(), attribute.getValue())
                                .build());
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
                    return Optional.of(new Obstacle(
                            "the search attribute " + attribute.getKey() + " (" + RpcStatus.inWords(e.getStatus())
                                    + ")",
                            "add them with `" + command(wanted()) + "`"));
                }
            }
        }
        return Optional.empty();
    }

    private String command(Map<String, IndexedValueType> attributes) {
        return "temporal operator search-attribute create --namespace " + settings.namespace() + " --address "
                + settings.address()
                + attributes.entrySet().stream()
                        .map(entry -> " --name " + entry.getKey() + " --type " + cliName(entry.getValue()))
                        .collect(Collectors.joining());
    }

    private static Map<String, IndexedValueType> wanted() {
        Map<String, IndexedValueType> wanted = new TreeMap<>();
        for (SearchAttributeKey<?> key : IncidentSearchAttributes.all()) {
            wanted.put(key.getName(), key.getValueType());
        }
        return wanted;
    }

    /** {@code INDEXED_VALUE_TYPE_DATETIME} is {@code Datetime} on the command line. */
    private static String cliName(IndexedValueType type) {
        String name = type.name().substring("INDEXED_VALUE_TYPE_".length());
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private OperatorServiceBlockingStub service() {
        return stubs.blockingStub().withDeadlineAfter(10, TimeUnit.SECONDS);
    }
}

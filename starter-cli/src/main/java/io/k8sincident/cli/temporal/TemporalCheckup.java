package io.k8sincident.cli.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.common.SearchAttributeKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What {@code doctor} asks a Temporal server; reads only. */
public final class TemporalCheckup {
    private static final long ANSWER_SECONDS = 5;

    /** Who polled longer ago than this is gone: a poll lasts a minute at most. */
    private static final long RECENT_SECONDS = 90;

    private final TemporalConnection connection;

    public TemporalCheckup(TemporalConnection connection) {
        this.connection = connection;
    }

    /** Its version; the Java test server says none. */
    public String server() {
        String version = connection
                .service()
                .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                .getServerVersion();
        return version.isEmpty() ? "Temporal's Java test server" : "server " + version;
    }

    public boolean namespaceExists() {
        return unlessUnimplemented(() -> connection
                        .service()
                        .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                .setNamespace(connection.namespace())
                                .build())
                        .hasNamespaceInfo())
                .orElse(true);
    }

    /** Which of ours are not registered; empty if the server does not tell. */
    public Optional<List<String>> missingSearchAttributes() {
        return unlessUnimplemented(() -> {
            Set<String> known = OperatorServiceGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                            .setNamespace(connection.namespace())
                            .build())
                    .getCustomAttributesMap()
                    .keySet();
            return IncidentSearchAttributes.all().stream()
                    .map(SearchAttributeKey::getName)
                    .filter(name -> !known.contains(name))
                    .toList();
        });
    }

    /** How the temporal CLI is told to register these. */
    public String creationArguments(List<String> names) {
        return IncidentSearchAttributes.all().stream()
                .filter(key -> names.contains(key.getName()))
                .map(key -> " --name " + key.getName() + " --type "
                        + type(key.getValueType().name()))
                .collect(Collectors.joining());
    }

    private static String type(String valueType) {
        return valueType.contains("DATETIME") ? "Datetime" : "Keyword";
    }

    /** How many polled this queue lately; empty if the server does not tell. */
    public Optional<Integer> pollers(String queue) {
        return unlessUnimplemented(() -> Math.max(
                pollers(queue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
                pollers(queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)));
    }

    private int pollers(String queue, TaskQueueType type) {
        long oldest = Instant.now().getEpochSecond() - RECENT_SECONDS;
        return (int) connection
                .service()
                .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                        .setTaskQueueType(type)
                        .build())
                .getPollersList()
                .stream()
                .map(PollerInfo::getLastAccessTime)
                .filter(time -> time.getSeconds() >= oldest)
                .count();
    }

    private static <T> Optional<T> unlessUnimplemented(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

package io.k8sincident.cli.temporal;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.filter.v1.StartTimeFilter;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Lists incidents, newest first, at most {@value #MOST}. Uses the visibility queries of a real server, and the older
 * open and closed lists of Temporal's Java test server, which has no queries and tells attributes only one by one.
 */
public final class IncidentListing {
    /** How many are read at most. */
    public static final int MOST = 1_000;

    private static final int PAGE = 200;
    private static final int DESCRIBED = 100;

    private final TemporalConnection connection;
    private final IncidentReader reader;

    public IncidentListing(TemporalConnection connection) {
        this.connection = connection;
        this.reader = new IncidentReader(connection);
    }

    public List<IncidentEntry> open() {
        return list("ExecutionStatus = 'Running'", this::openPage);
    }

    public List<IncidentEntry> closed() {
        return list("ExecutionStatus != 'Running'", this::closedPage);
    }

    private List<IncidentEntry> list(String condition, Function<ByteString, Page> withoutQueries) {
        try {
            return entries(token -> queryPage("WorkflowType = '" + IncidentEntry.TYPE + "' AND " + condition, token));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
        }
        return Parallel.map(entries(withoutQueries).stream().limit(DESCRIBED).toList(), reader::refresh);
    }

    private static List<IncidentEntry> entries(Function<ByteString, Page> pages) {
        List<WorkflowExecutionInfo> found = new ArrayList<>();
        ByteString token = ByteString.EMPTY;
        do {
            Page page = pages.apply(token);
            found.addAll(page.executions);
            token = page.next;
        } while (!token.isEmpty() && found.size() < MOST);
        return found.stream()
                .filter(IncidentEntry::isIncident)
                .map(IncidentEntry::of)
                .sorted(Comparator.comparing(IncidentEntry::startedAt).reversed())
                .toList();
    }

    private record Page(List<WorkflowExecutionInfo> executions, ByteString next) {}

    private Page queryPage(String query, ByteString token) {
        var answer = connection
                .service()
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .setQuery(query)
                        .setPageSize(PAGE)
                        .setNextPageToken(token)
                        .build());
        return new Page(answer.getExecutionsList(), answer.getNextPageToken());
    }

    private Page openPage(ByteString token) {
        var answer = connection
                .service()
                .listOpenWorkflowExecutions(ListOpenWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .setMaximumPageSize(PAGE)
                        .setStartTimeFilter(StartTimeFilter.getDefaultInstance())
                        .setNextPageToken(token)
                        .build());
        return new Page(answer.getExecutionsList(), answer.getNextPageToken());
    }

    private Page closedPage(ByteString token) {
        var answer = connection
                .service()
                .listClosedWorkflowExecutions(ListClosedWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .setMaximumPageSize(PAGE)
                        .setStartTimeFilter(StartTimeFilter.getDefaultInstance())
                        .setNextPageToken(token)
                        .build());
        return new Page(answer.getExecutionsList(), answer.getNextPageToken());
    }
}

package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a namespace, or all of them, in three rounds: itself, all lists in parallel, then the logs of containers that
 * fail, one of each kind, the newest first. The number of requests does not depend on how many pods there are, only on how many fail
 * in different ways.
 */
final class NamespaceReading {
    static final int MOST_LOGS = 40;
    private static final int MOST_EVENTS = 5_000;
    /** They are small, and where much fails there are many. */
    private static final int PAGE_OF_EVENTS = 1_000;

    private static final int MOST_CONFIG_MAPS = 10;
    private static final List<ReadKind> LISTED = List.of(
            ReadKind.POD,
            ReadKind.REPLICA_SET,
            ReadKind.DEPLOYMENT,
            ReadKind.STATEFUL_SET,
            ReadKind.DAEMON_SET,
            ReadKind.CONTROLLER_REVISION,
            ReadKind.JOB,
            ReadKind.CRON_JOB,
            ReadKind.SERVICE,
            ReadKind.ENDPOINT_SLICE,
            ReadKind.EVENT,
            ReadKind.CONFIG_MAP,
            ReadKind.SECRET,
            ReadKind.SERVICE_ACCOUNT,
            ReadKind.CLAIM,
            ReadKind.AUTOSCALER,
            ReadKind.DISRUPTION_BUDGET,
            ReadKind.QUOTA,
            ReadKind.LIMIT_RANGE,
            ReadKind.INGRESS,
            ReadKind.NETWORK_POLICY,
            ReadKind.NODE,
            ReadKind.STORAGE_CLASS);

    private final ApiReader api;
    private final @Nullable String namespace;
    private final Instant now;
    private final SnapshotDraft draft = new SnapshotDraft();

    NamespaceReading(ApiReader api, @Nullable String namespace, Instant now) {
        this.api = api;
        this.namespace = namespace;
        this.now = now;
    }

    /** @throws io.k8sincident.activities.evidence.ClusterException if the namespace does not exist, or pods cannot be read */
    SnapshotDraft read() {
        // Alone, so that the lists share its connection: in parallel each would make one of its own, with its own
        // handshake.
        ApiAnswer itself = api.get(
                        namespace == null ? ReadKind.NAMESPACE.list(null) : ReadKind.NAMESPACE.object(null, namespace),
                        ApiReader.JSON)
                .join();
        addNamespace(itself);
        ListReader lists = new ListReader(api);
        List<CompletableFuture<Listing>> listings =
                LISTED.stream().map(kind -> lists.read(request(kind))).toList();
        listings.forEach(listing -> draft.add(listing.join()));
        List<CompletableFuture<Listing>> surroundings =
                Surroundings.of(draft).stream().map(lists::read).toList();
        details();
        surroundings.forEach(listing -> draft.add(listing.join()));
        return draft;
    }

    private ListRequest request(ReadKind kind) {
        ListRequest all = ListRequest.all(kind, kind.namespaced() ? namespace : null);
        return kind == ReadKind.EVENT ? new ListRequest(kind, namespace, "", "", PAGE_OF_EVENTS, MOST_EVENTS) : all;
    }

    private void addNamespace(ApiAnswer answer) {
        String what = namespace == null ? "namespaces" : "namespace " + namespace;
        boolean absent = namespace != null && answer.code() == 404;
        if (absent || answer.code() == 401 || answer.failure() != null) {
            throw api.failure(answer, what);
        }
        Optional<ObjectNode> body = namespace == null ? answer.list() : answer.object();
        Optional<ObjectNode> object = answer.ok() ? body : Optional.empty();
        if (object.isEmpty()) {
            String name = namespace == null ? "" : " " + namespace;
            draft.add(new Gap("Namespace", what, answer.problem(), "kubectl get namespace" + name));
        } else if (namespace != null) {
            draft.add(ListReader.resource(ReadKind.NAMESPACE, object.get()));
        } else {
            draft.add(ListReader.listing(ReadKind.NAMESPACE, object.get()));
        }
    }

    private void details() {
        List<Resource> pods = draft.all(ReadKind.POD);
        List<FailingContainer> failing = FailingContainer.among(pods, now);
        List<CompletableFuture<Optional<Resource>>> configMaps = Stream.concat(
                        FollowUps.configMapsWithoutKey(pods).stream(), MountedConfigMaps.ofCrashed(failing))
                .distinct()
                .limit(MOST_CONFIG_MAPS)
                .map(name -> FollowUps.configMap(api, name))
                .toList();
        LogReader reader = new LogReader(api);
        List<CompletableFuture<LogReading>> logs = Stream.concat(
                        logs(failing).stream().map(reader::readFirst),
                        Clients.logs(draft.all(ReadKind.SERVICE), pods).stream().map(reader::read))
                .toList();
        configMaps.forEach(configMap -> configMap.join().ifPresent(draft::replace));
        logs.forEach(log -> draft.add(log.join()));
    }

    private List<List<LogRequest>> logs(List<FailingContainer> containers) {
        List<List<LogRequest>> requests = new ArrayList<>();
        Set<String> chosen = new HashSet<>();
        int left = 0;
        for (FailingContainer failing : containers) {
            if (chosen.add(failing.group())) {
                if (requests.size() < MOST_LOGS) {
                    requests.add(failing.logs());
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            draft.add(new Gap(
                    "Log",
                    "logs of " + left + " more failing containers",
                    "the logs of " + MOST_LOGS + " containers are read at most",
                    "incident triage NAMED-WORKLOAD"));
        }
        return requests;
    }
}

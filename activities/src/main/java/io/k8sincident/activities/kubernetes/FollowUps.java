package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The last round: what the state of the pods gives reason to read, within a budget. What a pod waits for comes before
 * logs, since a pod that waits has none.
 */
final class FollowUps {
    private static final int MOST_CONTAINERS = 2;
    private static final int ONE_PAGE = 500;
    /** {@code couldn't find key X in ConfigMap demo/settings}, as the kubelet words it. */
    private static final String IN_CONFIG_MAP = " in ConfigMap ";

    /** Words of admission, in lower case, and the kind that decides. */
    private static final Map<String, ReadKind> REFUSED_FOR = new TreeMap<>(Map.of(
            "quota", ReadKind.QUOTA,
            " per container", ReadKind.LIMIT_RANGE,
            " per pod", ReadKind.LIMIT_RANGE,
            "service account", ReadKind.SERVICE_ACCOUNT));

    private final SnapshotDraft draft;
    private final Instant now;
    private int budget;

    FollowUps(SnapshotDraft draft, Instant now, int budget) {
        this.draft = draft;
        this.now = now;
        this.budget = budget;
    }

    void run(ApiReader api) {
        ListReader lists = new ListReader(api);
        List<CompletableFuture<Listing>> objects = new ArrayList<>();
        for (ListRequest request : lists()) {
            objects.add(lists.read(request));
        }
        List<CompletableFuture<Optional<Resource>>> configMaps = new ArrayList<>();
        for (String name : configMapsWithoutKey(draft.all(ReadKind.POD))) {
            if (take()) {
                configMaps.add(configMap(api, name));
            }
        }
        LogReader logReader = new LogReader(api);
        List<CompletableFuture<LogReading>> logs = new ArrayList<>();
        List<List<LogRequest>> wanted = logs();
        wanted.stream().limit(1).forEach(requests -> read(requests, logReader, logs));
        if (!wanted.isEmpty()) {
            // What a log complains of is mostly a Service; which one, only the log will say.
            services().stream().filter(request -> take()).forEach(request -> objects.add(lists.read(request)));
        }
        wanted.stream().skip(1).forEach(requests -> read(requests, logReader, logs));
        objects.forEach(listing -> draft.add(listing.join()));
        configMaps.forEach(configMap -> configMap.join().ifPresent(draft::replace));
        logs.forEach(log -> draft.add(log.join()));
    }

    private void read(List<LogRequest> requests, LogReader reader, List<CompletableFuture<LogReading>> logs) {
        requests.stream().filter(request -> take()).forEach(request -> logs.add(reader.read(request)));
    }

    private boolean take() {
        return budget-- > 0;
    }

    private List<ListRequest> lists() {
        List<Resource> pods = draft.all(ReadKind.POD);
        List<ListRequest> requests = new ArrayList<>();
        Optional<String> namespace = namespace();
        if (pods.stream().anyMatch(pod -> waits(pod) && refersTo(pod, "configMap"))) {
            requests.add(page(ReadKind.CONFIG_MAP, namespace));
        }
        if (pods.stream().anyMatch(pod -> waits(pod) && refersTo(pod, "secret"))) {
            requests.add(page(ReadKind.SECRET, namespace));
        }
        if (pods.stream().anyMatch(FollowUps::unscheduled)) {
            requests.add(ListRequest.all(ReadKind.NODE, null).atMost(ONE_PAGE));
            if (pods.stream().anyMatch(pod -> unscheduled(pod) && refersTo(pod, "persistentVolumeClaim"))) {
                requests.add(page(ReadKind.CLAIM, namespace));
            }
        }
        requests.addAll(Surroundings.of(draft));
        List<String> refusals =
                draft.objects().stream().flatMap(Surroundings::refusals).toList();
        REFUSED_FOR.forEach((word, kind) -> {
            if (refusals.stream().anyMatch(refusal -> refusal.contains(word))) {
                requests.add(page(kind, namespace));
            }
        });
        return requests.stream().filter(request -> take()).toList();
    }

    private Optional<String> namespace() {
        return draft.objects().stream()
                .map(Resource::namespace)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private List<ListRequest> services() {
        return List.of(page(ReadKind.SERVICE, namespace()), page(ReadKind.ENDPOINT_SLICE, namespace()));
    }

    private List<List<LogRequest>> logs() {
        List<List<LogRequest>> requests = new ArrayList<>();
        Set<String> chosen = new LinkedHashSet<>();
        for (FailingContainer failing : FailingContainer.among(draft.all(ReadKind.POD), now)) {
            if (chosen.size() < MOST_CONTAINERS && chosen.add(failing.group())) {
                requests.add(failing.logs());
            }
        }
        return requests;
    }

    private static ListRequest page(ReadKind kind, Optional<String> namespace) {
        return ListRequest.all(kind, namespace.orElse(null)).atMost(ONE_PAGE);
    }

    /** A container that was never started, for want of something that its pod refers to. */
    private static boolean waits(Resource pod) {
        return statuses(pod)
                        .anyMatch(status -> status.has("state", "waiting") && !status.has("lastState", "terminated"))
                && !unscheduled(pod);
    }

    private static boolean unscheduled(Resource pod) {
        return pod.fields().text("status", "phase").equals("Pending")
                && pod.fields().text("spec", "nodeName").isEmpty();
    }

    /** Whether the pod's spec names such an object in a volume, a variable or {@code envFrom}. */
    private static boolean refersTo(Resource pod, String what) {
        Fields spec = pod.fields().child("spec");
        boolean volume = spec.list("volumes").stream()
                .anyMatch(entry -> entry.has(what)
                        || entry.list("projected", "sources").stream().anyMatch(source -> source.has(what)));
        return volume
                || containers(spec)
                        .anyMatch(container -> container.list("env").stream()
                                        .anyMatch(variable -> variable.has("valueFrom", what + "KeyRef"))
                                || container.list("envFrom").stream().anyMatch(source -> source.has(what + "Ref")));
    }

    /** {@code namespace/name} of the ConfigMaps in which the kubelet misses a key. */
    static Set<String> configMapsWithoutKey(List<Resource> pods) {
        Set<String> names = new LinkedHashSet<>();
        pods.stream()
                .flatMap(FollowUps::statuses)
                .map(status -> status.text("state", "waiting", "message"))
                .filter(message -> message.contains(IN_CONFIG_MAP))
                .map(message -> message.substring(message.indexOf(IN_CONFIG_MAP) + IN_CONFIG_MAP.length())
                        .strip())
                .filter(name -> name.indexOf('/') > 0)
                .forEach(names::add);
        return names;
    }

    /** A ConfigMap with its keys; the values are dropped as soon as they are here. */
    static CompletableFuture<Optional<Resource>> configMap(ApiReader api, String namespaceAndName) {
        int slash = namespaceAndName.indexOf('/');
        String path =
                ReadKind.CONFIG_MAP.object(namespaceAndName.substring(0, slash), namespaceAndName.substring(slash + 1));
        return api.get(path, ApiReader.JSON)
                .thenApply(answer -> (answer.ok() ? answer.object() : none()).map(object -> {
                    object.withObjectProperty("data");
                    return ListReader.resource(ReadKind.CONFIG_MAP, object);
                }));
    }

    private static Optional<ObjectNode> none() {
        return Optional.empty();
    }

    private static Stream<Fields> statuses(Resource pod) {
        return Stream.concat(
                pod.fields().list("status", "initContainerStatuses").stream(),
                pod.fields().list("status", "containerStatuses").stream());
    }

    private static Stream<Fields> containers(Fields spec) {
        return Stream.concat(spec.list("initContainers").stream(), spec.list("containers").stream());
    }
}

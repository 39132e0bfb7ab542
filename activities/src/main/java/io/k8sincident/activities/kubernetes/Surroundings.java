package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which cluster-scoped kinds what was read gives reason to read; mostly none. */
final class Surroundings {
    private static final int MOST = 500;

    private Surroundings() {}

    static List<ListRequest> of(SnapshotDraft draft) {
        List<ReadKind> kinds = new ArrayList<>();
        if (!draft.all(ReadKind.INGRESS).isEmpty()) {
            kinds.add(ReadKind.INGRESS_CLASS);
        }
        if (draft.all(ReadKind.CLAIM).stream().anyMatch(Surroundings::unsettled)
                || draft.all(ReadKind.POD).stream().anyMatch(Surroundings::waitsWithClaim)) {
            kinds.add(ReadKind.VOLUME);
        }
        if (draft.objects().stream().flatMap(Surroundings::refusals).anyMatch(text -> text.contains("webhook"))) {
            kinds.add(ReadKind.VALIDATING_WEBHOOK);
            kinds.add(ReadKind.MUTATING_WEBHOOK);
        }
        return kinds.stream()
                .map(kind -> ListRequest.all(kind, null).atMost(MOST))
                .toList();
    }

    /** Not bound, or being changed. */
    private static boolean unsettled(Resource claim) {
        return !claim.fields().text("status", "phase").equals("Bound")
                || !claim.fields().list("status", "conditions").isEmpty();
    }

    private static boolean waitsWithClaim(Resource pod) {
        return pod.fields().text("status", "phase").equals("Pending")
                && pod.fields().list("spec", "volumes").stream()
                        .anyMatch(volume -> volume.has("persistentVolumeClaim"));
    }

    /** In lower case, why pods could not be created. */
    static Stream<String> refusals(Resource object) {
        Stream<String> conditions = object.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals("ReplicaFailure")
                        && condition.text("status").equals("True"))
                .map((Fields condition) -> condition.text("message"));
        boolean event = object.kind().equals(ReadKind.EVENT.kind())
                && object.fields().text("reason").equals("FailedCreate");
        Stream<String> message = event ? Stream.of(object.fields().text("message")) : Stream.of();
        return Stream.concat(conditions, message).map(text -> text.toLowerCase(Locale.ROOT));
    }
}

package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Statement;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the current revision of a workload changed, when it came, and whether the one before it is ready. */
final class LastChange {
    private static final int SHOWN = 3;
    private static final int LONGEST_VALUE = 60;

    private LastChange() {}

    /** Empty where there is no earlier revision, or nothing that is known of it differs. */
    static Optional<Statement> of(WorkloadView workload) {
        Optional<RevisionView> current = workload.currentRevision();
        return current.flatMap(now -> before(workload, now).flatMap(former -> {
            List<String> changes = changes(former.template(), now.template());
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            String more = changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "";
            return Optional.of(new Statement(
                    "revision " + now.number() + came(former, now) + " changed "
                            + String.join("; ", changes.subList(0, Math.min(SHOWN, changes.size()))) + more
                            + "; revision "
                            + former.number()
                            + (former.readyPod().isPresent() ? " is ready now" : " is not running, or not ready"),
                    List.of(now.fact(), former.fact())));
        }));
    }

    private static Optional<RevisionView> before(WorkloadView workload, RevisionView current) {
        return workload.formerRevisions().stream()
                .filter(revision -> revision.number() < current.number())
                .max(Comparator.comparingLong(RevisionView::number));
    }

    /** A roll-back takes up an old object again, whose age says nothing. */
    private static String came(RevisionView former, RevisionView now) {
        Optional<Instant> made = now.holder().fields().time("metadata", "creationTimestamp");
        Optional<Instant> earlier = former.holder().fields().time("metadata", "creationTimestamp");
        return made.isPresent() && earlier.isPresent() && made.get().isAfter(earlier.get()) ? " of " + made.get() : "";
    }

    private static List<String> changes(Fields before, Fields now) {
        List<String> changes = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (Fields container : now.list("spec", list)) {
                String name = container.text("name");
                before.list("spec", list).stream()
                        .filter(other -> other.text("name").equals(name))
                        .findFirst()
                        .ifPresentOrElse(
                                former -> collect("container " + name + " ", former, container, changes),
                                () -> changes.add("container " + name + " (new)"));
            }
        }
        differing(before.child("spec"), now.child("spec"))
                .filter(field -> !field.equals("containers") && !field.equals("initContainers"))
                .forEach(field -> change(field, before.child("spec", field), now.child("spec", field), changes));
        return changes;
    }

    private static void collect(String prefix, Fields before, Fields now, List<String> changes) {
        differing(before, now).forEach(field -> change(prefix + field, before.child(field), now.child(field), changes));
    }

    /** Down to the single value. Lists of environment and volumes are long and may be private: that they changed is enough. */
    private static void change(String path, Fields before, Fields now, List<String> changes) {
        if (path.endsWith(" env") || path.endsWith(" envFrom") || path.equals("volumes")) {
            changes.add(path);
        } else if (before.json().isObject() && now.json().isObject()) {
            collect(path + ".", before, now, changes);
        } else {
            changes.add(path + " " + shown(before) + " → " + shown(now));
        }
    }

    private static Stream<String> differing(Fields one, Fields other) {
        return Stream.concat(one.names().stream(), other.names().stream())
                .distinct()
                .sorted()
                .filter(field ->
                        !one.child(field).toString().equals(other.child(field).toString()));
    }

    private static String shown(Fields value) {
        if (!value.present()) {
            return "(none)";
        }
        String text = value.json().isValueNode() ? value.text() : value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
    }
}

package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Quantity;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which value of which container a limit range does not allow (admission plugin LimitRanger, 1.19 to 1.36). */
final class LimitRangeCulprit {
    static final Pattern BOUND =
            Pattern.compile("(maximum|minimum) (\\S+) usage per (?:Container|Pod|PersistentVolumeClaim) is ([^,\\]]+)"
                    + "(?:, but (limit|request) is ([^\\s,\\]]+))?");
    static final Pattern RATIO = Pattern.compile("(\\S+) max limit to request ratio per \\S+ is ([^,\\]]+)");
    private static final Pattern ABOVE_LIMIT = Pattern.compile(
            "spec\\.(containers|initContainers)\\[(\\d+)\\]\\.resources\\.requests: Invalid value: \"([^\"]+)\": must be less"
                    + " than or equal to (\\S+) limit(?: of (\\S+))?");

    private LimitRangeCulprit() {}

    static Culprit bound(WorkloadView workload, Matcher said) {
        String resource = said.group(2);
        String kind = said.group(4) == null ? (said.group(1).equals("maximum") ? "limit" : "request") : said.group(4);
        String value = said.group(5) == null ? "not set" : said.group(5);
        Predicate<Fields> same = container -> sameQuantity(container.text("resources", kind + "s", resource), value)
                || (said.group(5) == null && !container.has("resources", kind + "s", resource));
        return culprit(workload, same, "resources." + kind + "s." + resource, value);
    }

    static Culprit ratio(WorkloadView workload, Matcher said) {
        String resource = said.group(1);
        double most = Quantity.of(said.group(2)).orElse(Double.MAX_VALUE);
        Predicate<Fields> beyond = container -> {
            double limit =
                    Quantity.of(container.text("resources", "limits", resource)).orElse(0);
            double request = Quantity.of(container.text("resources", "requests", resource))
                    .orElse(0);
            return limit > request * most;
        };
        String value = containers(workload)
                .filter(beyond)
                .map(container -> container.text("resources", "limits", resource))
                .findFirst()
                .orElse("");
        return culprit(workload, beyond, "resources.limits." + resource, value);
    }

    /** A request above a limit that the template does not set, so that a limit range of the namespace set it. */
    static Optional<Culprit> byDefault(WorkloadView workload, String message) {
        Matcher said = ABOVE_LIMIT.matcher(message);
        boolean ranges = workload.cluster().all("LimitRange").stream()
                .map(Resource::namespace)
                .anyMatch(workload.namespace()::equals);
        if (!said.find() || !ranges) {
            return Optional.empty();
        }
        List<Fields> containers = workload.template().list("spec", said.group(1));
        int index = said.group(2).length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(said.group(2));
        String resource = said.group(4);
        return containers.stream()
                .skip(Math.min(index, containers.size()))
                .findFirst()
                .filter(container -> !container.has("resources", "limits", resource))
                .map(container -> new Culprit(
                        workload.kind(),
                        workload.resource().name(),
                        container.text("name"),
                        "resources.requests." + resource,
                        said.group(3)));
    }

    private static Culprit culprit(WorkloadView workload, Predicate<Fields> wanted, String field, String value) {
        String container = containers(workload)
                .filter(wanted)
                .map(found -> found.text("name"))
                .findFirst()
                .orElse(null);
        return new Culprit(workload.kind(), workload.resource().name(), container, field, value);
    }

    private static Stream<Fields> containers(WorkloadView workload) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> workload.template().list("spec", list).stream());
    }

    private static boolean sameQuantity(String one, String other) {
        return !one.isEmpty()
                && (one.equals(other)
                        || Quantity.of(one).orElse(-1) == Quantity.of(other).orElse(-2));
    }
}

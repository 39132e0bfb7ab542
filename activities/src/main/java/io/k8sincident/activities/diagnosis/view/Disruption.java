package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/**
 * An eviction that a PodDisruptionBudget refuses. Known from an eviction that was tried, as a recording holds it, or from a
 * node that is cordoned while the budget of the pods on it can never allow one of them to go. A budget that merely allows
 * none is well.
 */
public final class Disruption {
    private Disruption() {}

    static Optional<Trouble> refused(ClusterView cluster, Resource budget) {
        return pods(cluster, budget).stream()
                .map(pod -> refusal(cluster, budget, pod).or(() -> drained(cluster, budget, pod)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(fact -> new Trouble(Kind.OBJECT, null, null, "InsufficientPods", fact, null));
    }

    /** The pods that the budget is about and that are not on their way out, in order. */
    public static List<Resource> pods(ClusterView cluster, Resource budget) {
        Fields selector = budget.fields().child("spec", "selector");
        return cluster.all("Pod").stream()
                .filter(pod -> pod.namespace().equals(budget.namespace()))
                .filter(pod -> !pod.fields().has("metadata", "deletionTimestamp"))
                .filter(pod -> selector.present()
                        && Selectors.matches(selector, pod.fields().child("metadata", "labels")))
                .toList();
    }

    private static Optional<Fact> refusal(ClusterView cluster, Resource budget, Resource pod) {
        return cluster.all("Eviction").stream()
                .filter(eviction -> eviction.namespace().equals(pod.namespace())
                        && eviction.name().equals(pod.name()))
                .filter(eviction -> saysSo(cluster, eviction, budget))
                .findFirst()
                .map(eviction -> Fact.field(
                        eviction, "status", "the eviction of pod " + pod.name() + " was refused: " + said(eviction)));
    }

    private static boolean saysSo(ClusterView cluster, Resource eviction, Resource budget) {
        long code = eviction.fields().number("status", "code").orElse(0);
        String said = said(eviction);
        boolean several = code == 500 && said.contains("more than one PodDisruptionBudget");
        boolean named =
                !said.contains("disruption budget ") || said.contains("disruption budget " + budget.name() + " ");
        return (several && first(cluster, budget, eviction)) || (code == 429 && named && none(budget));
    }

    /** Whether of the budgets that are about the same pod this is the first, which speaks for all. */
    private static boolean first(ClusterView cluster, Resource budget, Resource eviction) {
        return cluster.all("PodDisruptionBudget").stream()
                .filter(other -> pods(cluster, other).stream()
                        .anyMatch(pod -> pod.namespace().equals(eviction.namespace())
                                && pod.name().equals(eviction.name())))
                .findFirst()
                .filter(budget::equals)
                .isPresent();
    }

    private static String said(Resource eviction) {
        String causes = String.join(
                " ",
                eviction.fields().list("status", "details", "causes").stream()
                        .map(cause -> Message.of(cause, "message"))
                        .toList());
        return (Message.of(eviction.fields(), "status", "message") + " " + causes).strip();
    }

    private static boolean none(Resource budget) {
        return budget.fields().number("status", "disruptionsAllowed").orElse(1) == 0;
    }

    /** All pods are healthy, none may ever go, and the node of one is being emptied. */
    private static Optional<Fact> drained(ClusterView cluster, Resource budget, Resource pod) {
        Fields status = budget.fields().child("status");
        long expected = status.number("expectedPods").orElse(0);
        boolean never = none(budget)
                && expected > 0
                && status.number("currentHealthy").orElse(0) >= expected
                && status.number("desiredHealthy").orElse(0) >= expected;
        return cluster.find("Node", "", pod.fields().text("spec", "nodeName"))
                .filter(node -> never && node.fields().flag("spec", "unschedulable"))
                .filter(node -> !DeclaredIntent.of(node) && emptied(cluster, budget, node))
                .map(node -> Fact.field(
                        node,
                        "spec.unschedulable",
                        "node " + node.name() + " is cordoned and has no other pods to go, but pod " + pod.name()));
    }

    /** Whether some pod was evicted from this node, and nothing but pods of this budget and of the node itself is left. */
    private static boolean emptied(ClusterView cluster, Resource budget, Resource node) {
        List<Resource> ours = pods(cluster, budget);
        boolean othersLeft = cluster.all("Pod").stream()
                .filter(pod -> pod.fields().text("spec", "nodeName").equals(node.name()))
                .filter(pod -> !ours.contains(pod))
                .anyMatch(pod -> pod.controller()
                        .map(owner -> !List.of("DaemonSet", "Node").contains(owner.text("kind")))
                        .orElse(true));
        boolean somethingElsewhere = cluster.all("Pod").stream()
                .filter(pod -> !ours.contains(pod))
                .anyMatch(pod -> !pod.fields().text("spec", "nodeName").equals(node.name()));
        return !othersLeft && somethingElsewhere;
    }
}

package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Statement;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.workflows.model.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be said of a workload whose cause is not known: its troubles, and what would decide, with the command for it. */
record Abstention(List<Statement> statements, List<Missing> missing) {
    private static final int TROUBLES_SHOWN = 5;

    Abstention {
        statements = List.copyOf(statements);
        missing = List.copyOf(missing);
    }

    static Abstention of(WorkloadView workload) {
        List<Statement> statements = workload.troubles().stream()
                .limit(TROUBLES_SHOWN)
                .map(trouble -> new Statement("it fails, and nothing that was read says why", List.of(trouble.fact())))
                .toList();
        List<Missing> missing = new ArrayList<>();
        workload.troubles().stream().limit(1).forEach(trouble -> wanted(workload, trouble, missing));
        workload.cluster().snapshot().gaps().stream()
                .filter(gap -> !gap.kind().equals("Log"))
                .map(Abstention::unread)
                .forEach(missing::add);
        return new Abstention(statements, missing);
    }

    private static Missing unread(Gap gap) {
        return new Missing(gap.what() + " (" + gap.why() + ")", gap.command());
    }

    private static void wanted(WorkloadView workload, Trouble trouble, List<Missing> missing) {
        ContainerView container = trouble.container();
        if (container != null && trouble.kind() == Trouble.Kind.ENDED) {
            log(container).ifPresent(missing::add);
        }
        PodView pod = trouble.pod();
        if (pod != null) {
            if (pod.events().stream().noneMatch(event -> event.warning())) {
                missing.add(new Missing(
                        "events of pod " + pod.name() + " (none left that warns)",
                        "kubectl describe pod " + pod.name() + " -n " + workload.namespace()));
            }
        }
        if (missing.isEmpty()) {
            missing.add(new Missing(
                    "what the controllers and kubelets know beyond the snapshot",
                    "kubectl describe " + workload.resource().target().typed() + " -n " + workload.namespace()));
        }
    }

    private static Optional<Missing> log(ContainerView container) {
        PodView pod = container.pod();
        boolean previous = container.running()
                || container.logOfEnd().map(ContainerLog::previous).orElse(false);
        String command = "kubectl logs " + pod.name() + " -c " + container.name() + (previous ? " --previous" : "")
                + " -n " + pod.resource().namespace();
        Optional<ContainerLog> log = container.logOfEnd();
        String what = "log of container " + container.name() + " before its end";
        if (log.isEmpty()) {
            return Optional.of(new Missing(what + " (not read)", command));
        }
        String error = log.get().error();
        if (error != null) {
            return Optional.of(new Missing(what + " (" + Words.shown(error) + ")", command));
        }
        return LastWords.of(container).map(words -> words.stateAnError()).orElse(false)
                ? Optional.empty()
                : Optional.of(new Missing(
                        what + (log.get().text().isBlank() ? " (empty)" : " (it does not say why it ended)"), command));
    }
}

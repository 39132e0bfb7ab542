package io.k8sincident.activities.verification;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Each pod must have been Ready, with every container running, for the whole time that it must hold. */
final class PodCheck {
    private PodCheck() {}

    /** Checks the pods of the planned template. */
    static void check(Look look, List<Resource> pods) {
        int wanted = look.expected().replicas();
        if (pods.size() < wanted) {
            throw new WaitingException(pods.size() + " of " + wanted + " pods have the planned template");
        }
        pods.forEach(pod -> requireHeld(look, pod));
        if (look.elapsed().compareTo(look.hold()) < 0) {
            throw new WaitingException(
                    "the pods are ready; they must stay so for " + look.hold().toSeconds() + " s");
        }
    }

    private static void requireHeld(Look look, Resource pod) {
        Instant ready = readySince(pod);
        if (ready.equals(Instant.MAX)) {
            throw new WaitingException(pod.kindName() + " is not ready");
        }
        requireBefore(look, pod.kindName() + " is ready", ready);
        for (Fields container : pod.fields().list("status", "containerStatuses")) {
            String name = "container " + container.text("name") + " of " + pod.kindName();
            Instant started = container
                    .time("state", "running", "startedAt")
                    .orElseThrow(() -> new WaitingException(name + " is not running"));
            requireBefore(look, name + " runs (restarts: " + container.text("restartCount") + ")", started);
        }
    }

    private static void requireBefore(Look look, String what, Instant since) {
        if (since.isAfter(look.holdBegan())) {
            throw new WaitingException(what + " since "
                    + Math.max(0, Duration.between(since, look.now()).toSeconds()) + " s; it must hold for "
                    + look.hold().toSeconds() + " s");
        }
    }

    /** When the pod became Ready; the far future if it is not, or does not say. */
    static Instant readySince(Resource pod) {
        return pod.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals("Ready"))
                .filter(condition -> condition.text("status").equals("True"))
                .flatMap(condition -> condition.time("lastTransitionTime").stream())
                .findFirst()
                .orElse(Instant.MAX);
    }
}

package io.k8sincident.activities.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyQuestion;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.model.Plan;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a policy about a whole plan: its file, the objects before and after, and the namespace's breaker. Thread-safe. */
public final class PolicyGate {
    private final BlobStore blobs;
    private final Breakers breakers;

    /** Finds the images of objects in this store. */
    public PolicyGate(BlobStore blobs, Breakers breakers) {
        this.blobs = blobs;
        this.breakers = breakers;
    }

    /**
     * What the policy says to this plan. A breaker does not stop a restoration: what it puts back may be what tripped
     * it.
     */
    public PolicyVerdict ask(Policy policy, Plan plan, Stage stage, Instant at) {
        PolicyVerdict verdict = policy.evaluate(PolicyQuestion.of(plan, this::image, stage, at));
        if (!verdict.allowed() || stage == Stage.RESTORE) {
            return verdict;
        }
        return plan.actions().stream()
                .map(planned -> String.valueOf(planned.action().target().namespace()))
                .distinct()
                .flatMap(namespace -> breakers.tripped(policy, plan.cluster(), namespace).stream())
                .findFirst()
                .orElse(verdict);
    }

    /**
     * Everything that stands against this plan, the breaker included, in the order in which it counts; empty if the
     * policy allows it. Of those, some can be lifted by who breaks the glass.
     */
    public List<PolicyVerdict> objections(Policy policy, Plan plan, Stage stage, Instant at) {
        List<PolicyVerdict> objections =
                new ArrayList<>(policy.objections(PolicyQuestion.of(plan, this::image, stage, at)));
        if (stage != Stage.RESTORE) {
            plan.actions().stream()
                    .map(planned -> String.valueOf(planned.action().target().namespace()))
                    .distinct()
                    .flatMap(namespace -> breakers.tripped(policy, plan.cluster(), namespace).stream())
                    .forEach(objections::add);
        }
        return objections;
    }

    private JsonNode image(String digest) {
        try {
            Optional<ObjectImage> image = ObjectImage.load(blobs, digest);
            return image.<JsonNode>map(ObjectImage::json).orElse(MissingNode.getInstance());
        } catch (UncheckedIOException e) {
            return MissingNode.getInstance();
        }
    }
}

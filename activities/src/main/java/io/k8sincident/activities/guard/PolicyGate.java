package io.k8sincident.activities.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.policy.PodOptOuts;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyQuestion;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.activities.policy.Quotas;
import io.k8sincident.workflows.model.Plan;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks a policy about a whole plan: its file, the objects before and after, and what it says of the namespace as it is now,
 * by its breaker, its quotas and the pods that opt out. Thread-safe.
 */
public final class PolicyGate {
    private final BlobStore blobs;
    private final Breakers breakers;
    private final Quotas quotas;
    private final PodOptOuts podOptOuts;

    /** Finds the images of objects in this store. */
    public PolicyGate(BlobStore blobs, Breakers breakers, Quotas quotas, PodOptOuts podOptOuts) {
        this.blobs = blobs;
        this.breakers = breakers;
        this.quotas = quotas;
        this.podOptOuts = podOptOuts;
    }

    /**
     * What the policy says to this plan. Neither a breaker nor a quota stops a restoration: what it puts back may be what
     * tripped the one, and was there before the other was counted.
     */
    public PolicyVerdict ask(Policy policy, Plan plan, Stage stage, Instant at) {
        PolicyQuestion question = PolicyQuestion.of(plan, this::image, stage, at);
        PolicyVerdict verdict = policy.evaluate(question);
        return verdict.allowed()
                ? liveObjections(policy, plan, question).findFirst().orElse(verdict)
                : verdict;
    }

    /**
     * Everything that stands against this plan, breaker and quotas included, in the order in which it counts; empty if the
     * policy allows it. Of those, some can be lifted by who breaks the glass.
     */
    public List<PolicyVerdict> objections(Policy policy, Plan plan, Stage stage, Instant at) {
        PolicyQuestion question = PolicyQuestion.of(plan, this::image, stage, at);
        return Stream.concat(policy.objections(question).stream(), liveObjections(policy, plan, question))
                .toList();
    }

    /** What the cluster as it is now has against it; looked at only as far as somebody wants to know. */
    private Stream<PolicyVerdict> liveObjections(Policy policy, Plan plan, PolicyQuestion question) {
        if (question.stage() == Stage.RESTORE) {
            return Stream.empty();
        }
        Stream<PolicyVerdict> tripped = plan.actions().stream()
                .map(planned -> String.valueOf(planned.action().target().namespace()))
                .distinct()
                .flatMap(namespace -> breakers.tripped(policy, plan.cluster(), namespace).stream());
        return Stream.of(
                        podOptOuts.objections(policy, question),
                        tripped,
                        Stream.of(question).flatMap(asked -> quotas.exceeded(policy, asked).stream()))
                .flatMap(each -> each);
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

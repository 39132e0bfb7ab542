package io.k8sincident.activities.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.k8sincident.workflows.model.Lift;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says to a plan.
 *
 * @param place the line that decides, such as {@code policy.yaml:7}
 * @param reason in words
 * @param lift as what those who break the glass may lift a denial; absent if nobody can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyVerdict(
        boolean allowed,
        String place,
        String reason,
        @Nullable Lift lift) {
    /** It may be, by this line. */
    public static PolicyVerdict allow(String place, String reason) {
        return new PolicyVerdict(true, place, reason, null);
    }

    /** It may not be, by this line, whoever asks. */
    public static PolicyVerdict deny(String place, String reason) {
        return new PolicyVerdict(false, place, reason, null);
    }

    /** It may not be, by this line, unless somebody breaks the glass. */
    public static PolicyVerdict denyUnlessLifted(Lift lift, String place, String reason) {
        return new PolicyVerdict(false, place, reason, lift);
    }

    /** {@code policy.yaml:7: namespace shop is not allowed}. */
    public String describe() {
        return place + ": " + reason;
    }
}

package io.k8sincident.activities.policy;

/**
 * What a policy says to a plan.
 *
 * @param place the line that decides, such as {@code policy.yaml:7}
 * @param reason in words
 */
public record PolicyVerdict(boolean allowed, String place, String reason) {
    /** It may be, by this line. */
    public static PolicyVerdict allow(String place, String reason) {
        return new PolicyVerdict(true, place, reason);
    }

    /** It may not be, by this line. */
    public static PolicyVerdict deny(String place, String reason) {
        return new PolicyVerdict(false, place, reason);
    }

    /** {@code policy.yaml:7: namespace shop is not allowed}. */
    public String describe() {
        return place + ": " + reason;
    }
}

package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.redaction.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * What became of one patch or eviction that was sent once. Its words may enter a history, the trail or a terminal: whatever
 * an API server or an admission webhook said, they hold no credential that is known by its form or its name.
 *
 * @param code the HTTP status, 0 if none came
 * @param reason of the Kubernetes Status, such as {@code Forbidden}; empty if there was none
 * @param message in words
 * @param object as it is now; present exactly if a patch was APPLIED, since an eviction is answered without the pod
 */
public record WriteAnswer(
        Kind kind,
        int code,
        String reason,
        String message,
        @Nullable ObjectNode object) {

    /** How sure it is what became of it. */
    public enum Kind {
        /** It was applied; the complete answer came back. */
        APPLIED,
        /** It was refused and certainly changed nothing. */
        REFUSED,
        /** 409 or 422: it certainly changed nothing; whether the object has changed must be read. */
        CONFLICT,
        /** Sent, but not answered in a way that tells: timeout, reset, 5xx, a body cut short. */
        UNKNOWN
    }

    public WriteAnswer {
        reason = Redactor.text(reason);
        message = Redactor.text(message);
    }

    static WriteAnswer applied(int code, ObjectNode object) {
        return new WriteAnswer(Kind.APPLIED, code, "", "applied", object);
    }

    static WriteAnswer evicted(int code) {
        return new WriteAnswer(Kind.APPLIED, code, "", "evicted", null);
    }

    /** Whether a disruption budget is why an eviction was refused; its words are the message. */
    public boolean forbiddenByBudget() {
        return reason.equals(EvictionAnswer.BUDGET);
    }

    static WriteAnswer of(Kind kind, int code, String reason, String message) {
        return new WriteAnswer(kind, code, reason, message, null);
    }

    /** Of a write that was announced, and then not sent after all. */
    public static WriteAnswer notSent(String why) {
        return of(Kind.REFUSED, 0, "", "it was not sent: " + why);
    }

    /** {@code 403 Forbidden: …}. */
    public String describe() {
        return ((code == 0 ? "" : code + " ") + (reason.isEmpty() ? "" : reason + ": ") + message).strip();
    }
}

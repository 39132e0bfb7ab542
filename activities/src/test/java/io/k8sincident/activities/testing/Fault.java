package io.k8sincident.activities.testing;

/** What goes wrong with one write on its way. */
public enum Fault {
    NONE,
    /** Somebody else touches the status just before: the write meets another resourceVersion. */
    STATUS_MOVES_BEFORE,
    /** Somebody else edits the spec just before. */
    EDIT_BEFORE,
    /** 422 although nothing changed: the API server finds the patch itself invalid. */
    ANSWER_422,
    /** 409 although nothing changed: an eviction that the API server itself has tried for long enough. */
    ANSWER_409,
    ANSWER_429,
    ANSWER_500,
    ANSWER_503,
    ANSWER_504_AFTER_APPLYING,
    RESET_BEFORE_APPLYING,
    RESET_AFTER_APPLYING,
    HANG_BEFORE_APPLYING,
    HANG_AFTER_APPLYING,
    /** Half of the answer, then the connection ends. */
    TRUNCATED_AFTER_APPLYING,
    /** The connection ends, and the request is still on its way: it is carried out when the test says so. */
    APPLIED_LATE,
    /** The network delivers the request a second time, after it was carried out and before the answer arrives. */
    SENT_TWICE
}

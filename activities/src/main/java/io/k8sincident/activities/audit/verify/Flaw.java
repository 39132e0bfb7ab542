package io.k8sincident.activities.audit.verify;

/**
 * Why a trail or a bundle is not what was recorded.
 *
 * @param kind in which way
 * @param sequence of the first bad record; 0 where no record is to blame
 * @param place where it was found, such as {@code runs/audit.jsonl:17}
 * @param text one sentence
 */
public record Flaw(Kind kind, long sequence, String place, String text) {
    /** What was done to it. */
    public enum Kind {
        /** A line is no record. */
        UNREADABLE,
        /** A record is not what the chain says it was. */
        EDITED,
        /** Records are missing in between. */
        DROPPED,
        /** Records stand in another order, or twice. */
        REORDERED,
        /** Records are missing at the end that a checkpoint has seen. */
        TRUNCATED,
        /** The chain fits itself, but not a checkpoint: it was computed anew. */
        RESEALED,
        /** The chain is that of another trail. */
        SWAPPED,
        /** A record is kept under another incident, event or sequence than its own, or with another: it would not be found. */
        MISFILED,
        /** A checkpoint or a change of the key does not carry the signature that it claims. */
        FORGED,
        /** An old checkpoint was put after a newer one. */
        REPLAYED,
        /** Signed with a key after another had followed it. */
        RETIRED_KEY,
        /** Nothing is signed by the keys that are trusted. */
        UNSEALED
    }
}

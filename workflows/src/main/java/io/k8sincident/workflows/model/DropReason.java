package io.k8sincident.workflows.model;

/** Why a part of a model's answer was left out. */
public enum DropReason {
    /** A runbook that this diagnosis does not offer. */
    UNKNOWN_RUNBOOK,
    /** A cause that no rule can name. */
    UNKNOWN_CAUSE,
    /** An observation that was not in the prompt. */
    UNKNOWN_OBSERVATION,
    /** The quote does not stand in the observation. */
    QUOTE_NOT_FOUND,
    /** The quote is too short to show anything. */
    QUOTE_TOO_SHORT,
    /** The sentence holds a command, an address, markup or control characters, or it is too long. */
    UNFIT_TEXT,
    /** The same once more. */
    REPEATED,
    /** More than is shown. */
    TOO_MANY,
    /** A hypothesis where the rules do name the cause. */
    NOT_ASKED
}

package io.k8sincident.cli.output;

/** What a command's exit code means, the same for every command. */
public final class ExitCode {
    /** Done, nothing wrong. */
    public static final int OK = 0;

    /** It could not be done. */
    public static final int ERROR = 1;

    /** It was not understood. */
    public static final int USAGE = 2;

    /** Problems were found, or a proposal waits. */
    public static final int FOUND = 3;

    /** Refused by policy or approval. */
    public static final int REFUSED = 4;

    /** The target is not what was approved. */
    public static final int STALE = 5;

    /** Not resolved, or it is not known whether it is. */
    public static final int UNRESOLVED = 6;

    private ExitCode() {}
}

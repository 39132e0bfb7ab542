package io.k8sincident.cli.output;

/**
 * Why a command stops, in the form of every error: what happened, what was not changed, the next command. It carries the
 * exit code; its text is escaped when it is printed.
 */
public final class Problem extends RuntimeException {
    private final int exitCode;
    private final String unchanged;
    private final String next;

    private Problem(int exitCode, String happened, String unchanged, String next) {
        super(happened);
        this.exitCode = exitCode;
        this.unchanged = unchanged;
        this.next = next;
    }

    /** Something that could not be done; exit code 1. */
    public static Problem error(String happened, String next) {
        return new Problem(ExitCode.ERROR, happened, "nothing was changed", next);
    }

    /** Something that was not understood; exit code 2. */
    public static Problem usage(String happened, String next) {
        return new Problem(ExitCode.USAGE, happened, "nothing was changed", next);
    }

    /** Something that policy or an approval rule refuses; exit code 4. */
    public static Problem refused(String happened, String next) {
        return new Problem(ExitCode.REFUSED, happened, "nothing was changed", next);
    }

    /** The same with another exit code. */
    public Problem withExitCode(int code) {
        return new Problem(code, happened(), unchanged, next);
    }

    /** The same, saying more exactly what was not changed, or that it is not known. */
    public Problem withUnchanged(String text) {
        return new Problem(exitCode, happened(), text, next);
    }

    /** The same, with what lies behind it for {@code --debug}. */
    public Problem causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public int exitCode() {
        return exitCode;
    }

    public String happened() {
        return String.valueOf(getMessage());
    }

    public String unchanged() {
        return unchanged;
    }

    public String next() {
        return next;
    }
}

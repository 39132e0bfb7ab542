package io.k8sincident.cli.output;

import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command writes: data to {@code out}, talk to {@code err}. Everything it is given is escaped, unless it was
 * painted by this screen. Not thread-safe.
 */
public final class Screen {
    private static final int LABEL = 8;
    private static final String START_OF_LINE = "\r";
    private static final String CLEAR_REST = "\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean colourOut;
    private final boolean colourErr;

    public Screen(PrintWriter out, PrintWriter err, boolean colourOut, boolean colourErr) {
        this.out = out;
        this.err = err;
        this.colourOut = colourOut;
        this.colourErr = colourErr;
    }

    /** A line of data. */
    public void print(String line) {
        print(Text.of(line));
    }

    public void print(Text text) {
        out.println(text.render(colourOut));
        out.flush();
    }

    public void print(List<Text> lines) {
        lines.forEach(line -> out.println(line.render(colourOut)));
        out.flush();
    }

    /** Data as it is: JSON or YAML, escaped by whoever made it. */
    public void printRaw(String document) {
        out.print(document.endsWith("\n") ? document : document + "\n");
        out.flush();
    }

    /** A line of talk. */
    public void say(String line) {
        say(Text.of(line));
    }

    public void say(Text text) {
        err.println(text.render(colourErr));
        err.flush();
    }

    /** Talk that replaces itself: only for a terminal, and until {@link #clearLine}. */
    public void update(String line) {
        err.print(START_OF_LINE + Text.of(line, Style.DIM).render(colourErr) + CLEAR_REST);
        err.flush();
    }

    /** Takes away what was last shown with {@link #update}. */
    public void clearLine() {
        err.print(START_OF_LINE + CLEAR_REST);
        err.flush();
    }

    /** Asks without a line break, for an answer on the same line. */
    public void ask(String question) {
        err.print(Text.of(question, Style.BOLD).render(colourErr));
        err.flush();
    }

    /** An error in the form of every error. */
    public void show(Problem problem) {
        say(Text.of("error: ", Style.RED).and(problem.happened()));
        say(label("·", problem.unchanged()));
        say(label("next", problem.next()));
    }

    /** A line that begins with a short word in a column of its own. */
    public static Text label(String word, String text) {
        return label(word, Text.of(text));
    }

    public static Text label(String word, Text text) {
        return Text.of("  " + word + " ".repeat(Math.max(1, LABEL - word.length())), Style.DIM)
                .and(text);
    }
}

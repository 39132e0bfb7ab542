package io.k8sincident.workflows.workflow;

import java.util.regex.Pattern;

/**
 * Escapes what strangers wrote (messages, names, values) so that it shows as text in the Markdown of the Temporal UI and
 * cannot become markup, a link or a control sequence.
 */
final class Markdown {
    private static final Pattern MARKUP = Pattern.compile("([\\\\`*_{}\\[\\]<>()#+!|~$&])");
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}&&[^\\n\\t]]");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private Markdown() {}

    /** As running text or a table cell: one line. */
    static String text(String untrusted) {
        String line = BLANK.matcher(untrusted).replaceAll(" ").strip();
        return MARKUP.matcher(UNPRINTABLE.matcher(line).replaceAll("�")).replaceAll("\\\\$1");
    }

    /** As a code block whose fence is longer than any within. */
    static String block(String language, String untrusted) {
        String printable = UNPRINTABLE.matcher(untrusted).replaceAll("�");
        int longest = BACKTICKS
                .matcher(printable)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        return fence + language + "\n" + printable.stripTrailing() + "\n" + fence + "\n";
    }
}

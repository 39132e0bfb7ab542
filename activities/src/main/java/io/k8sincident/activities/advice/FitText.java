package io.k8sincident.activities.advice;

import com.google.re2j.Pattern;
import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.activities.redaction.Redactor;

/**
 * Whether a sentence of a model may be shown to somebody who is about to decide: it tells what happened and holds nothing
 * that one could run, open or obey by mistake. Strict on purpose: a sentence that is lost costs less than one that misleads.
 */
final class FitText {
    /** Characters. */
    static final int LONGEST = 240;

    static final int LONGEST_QUOTE = 200;

    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)[a-z][a-z0-9+.-]*://|\\bwww\\.|\\b(mailto|javascript|data):");
    private static final Pattern SHELL = Pattern.compile(
            "[`<>{}]|\\$[({]|&&|\\|\\||\\| |;\\s*[a-z]+\\s+-|(^|\\s)--?[A-Za-z]|\\]\\(|\\*\\*|(^|\\s)#");
    private static final Pattern COMMAND = Pattern.compile(
            "(?i)\\b(kubectl|helm|docker|podman|crictl|curl|wget|sudo|ssh|scp"
                    + "|powershell|chmod|chown|rm\\s+\\S*[/*-]\\S*|incident\\s+(approve|reject|revise|start|triage))\\b");
    private static final Pattern ORDER = Pattern.compile(
            "(?i)\\b(approv(e|es|ed|al)|please|you (must|should|need)|ignore|disregard|system prompt)\\b");

    private FitText() {}

    /** White space in a row counts as one space. */
    static String normalised(String text) {
        return BLANK.matcher(text).replaceAll(" ").strip();
    }

    /** Whether this sentence, normalised, may be shown. */
    static boolean fits(String sentence) {
        return !sentence.isEmpty()
                && sentence.length() <= LONGEST
                && sentence.equals(Printable.line(sentence))
                && sentence.equals(Redactor.text(sentence))
                && !ADDRESS.matcher(sentence).find()
                && !SHELL.matcher(sentence).find()
                && !COMMAND.matcher(sentence).find()
                && !ORDER.matcher(sentence).find();
    }
}

package io.k8sincident.activities.redaction;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is recognised by its own form, whatever stands around it: a prefix, then runs of certain characters.
 * Prefixes and lengths are those that the issuers document. Read by hand, character by character: in text that is full of
 * credentials a library of patterns took most of the time. Immutable and thread-safe.
 */
final class SecretForm implements Detector {
    private static final String JWT = "jwt";

    private static final List<SecretForm> ALL = List.of(
            new SecretForm("aws-access-key", "AKIA ASIA", Run.exactly(16, Run.UPPER_AND_DIGITS)),
            new SecretForm("github-token", "ghp_ gho_ ghu_ ghs_ ghr_", Run.atLeast(30, Run.WORD)),
            new SecretForm("github-token", "github_pat_", Run.atLeast(22, Run.WORD + "_")),
            new SecretForm(
                    "gitlab-token",
                    "glpat- gldt- glrt- glptt- glft- glsoat- glcbt- glimt- gloas- glagent-",
                    Run.atLeast(20, Run.WORD + "_.-")),
            new SecretForm(
                    "slack-token", "xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xapp-", Run.atLeast(10, Run.WORD + "-")),
            new SecretForm("slack-webhook", "hooks.slack.com/services/", Run.atLeast(16, Run.WORD + "/_-")),
            new SecretForm("stripe-key", "sk_live_ sk_test_ rk_live_ rk_test_ whsec_", Run.atLeast(10, Run.WORD)),
            new SecretForm("google-api-key", "AIza", Run.exactly(35, Run.WORD + "_-")),
            new SecretForm("google-token", "ya29. GOCSPX-", Run.atLeast(20, Run.WORD + "._-")),
            new SecretForm("npm-token", "npm_", Run.exactly(36, Run.WORD)),
            new SecretForm("sendgrid-key", "SG.", Run.atLeast(16, Run.WORD + "_-"), Run.behindDot(16, Run.WORD + "_-")),
            new SecretForm("vault-token", "hvs. hvb. hvr.", Run.atLeast(24, Run.WORD + "_-")),
            new SecretForm("api-key", "sk-", Run.atLeast(32, Run.WORD + "_-")),
            new SecretForm(
                    JWT,
                    "eyJ",
                    Run.atLeast(8, Run.WORD + "_-"),
                    Run.behindDot(8, Run.WORD + "_-"),
                    Run.behindDotIfThere(Run.WORD + "_-")));

    private final String kind;
    private final List<String> prefixes;
    private final List<Run> runs;

    private SecretForm(String kind, String prefixes, Run... runs) {
        this.kind = kind;
        this.prefixes = List.of(prefixes.split(" "));
        this.runs = List.of(runs);
    }

    static List<SecretForm> all() {
        return ALL;
    }

    @Override
    public List<String> triggers() {
        return prefixes.stream().map(prefix -> prefix.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        boolean found = !(start > 0 && continuesRun(text.charAt(start - 1))) && hasPrefix(text, start, end);
        int position = end;
        for (int i = 0; found && i < runs.size(); i++) {
            position = runs.get(i).end(text, position);
            found = position >= 0;
        }
        return found ? Span.of(start, position, kind) : null;
    }

    /** Triggers are found whatever their case; issuers write prefixes in just one. */
    private boolean hasPrefix(String text, int start, int end) {
        for (String prefix : prefixes) {
            if (prefix.length() == end - start && text.startsWith(prefix, start)) {
                return true;
            }
        }
        return false;
    }

    /** Inside a run of a JWT's characters each trigger would read to the run's end: only its start counts. */
    private boolean continuesRun(char before) {
        return Chars.isWord(before) || (kind.equals(JWT) && (before == '-' || before == '_'));
    }
}

package io.k8sincident.activities.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.CharBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is recognised by its own form, whatever stands around it. Prefixes and lengths are those that the
 * issuers document.
 */
enum SecretForm implements Detector {
    AWS_ACCESS_KEY("aws-access-key", "(?:AKIA|ASIA)[A-Z0-9]{16}", "akia asia"),
    GITHUB_TOKEN("github-token", "gh[pousr]_[A-Za-z0-9]{30,}", "ghp_ gho_ ghu_ ghs_ ghr_"),
    GITHUB_FINE_GRAINED_TOKEN("github-token", "github_pat_[A-Za-z0-9_]{22,}", "github_pat_"),
    GITLAB_TOKEN(
            "gitlab-token",
            "gl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|oas|agent)-[A-Za-z0-9_.-]{20,}",
            "glpat- gldt- glrt- glptt- glft- glsoat- glcbt- glimt- gloas- glagent-"),
    SLACK_TOKEN("slack-token", "(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}", "xox xapp-"),
    SLACK_WEBHOOK("slack-webhook", "hooks\\.slack\\.com/services/[A-Za-z0-9/_-]{16,}", "hooks.slack.com/services/"),
    STRIPE_KEY(
            "stripe-key",
            "(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,}",
            "sk_live_ sk_test_ rk_live_ rk_test_ whsec_"),
    GOOGLE_API_KEY("google-api-key", "AIza[A-Za-z0-9_-]{35}", "aiza"),
    GOOGLE_TOKEN("google-token", "(?:ya29\\.|GOCSPX-)[A-Za-z0-9._-]{20,}", "ya29. gocspx-"),
    NPM_TOKEN("npm-token", "npm_[A-Za-z0-9]{36}", "npm_"),
    SENDGRID_KEY("sendgrid-key", "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}", "sg."),
    VAULT_TOKEN("vault-token", "hv[sbr]\\.[A-Za-z0-9_-]{24,}", "hvs. hvb. hvr."),
    MODEL_API_KEY("api-key", "sk-[A-Za-z0-9_-]{32,}", "sk-"),
    JWT("jwt", "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?", "eyj");

    private final String kind;
    private final Pattern pattern;
    private final String triggers;

    SecretForm(String kind, String regex, String triggers) {
        this.kind = kind;
        // With its own anchor RE2 stops at the first character that does not fit, and does not read the rest.
        this.pattern = Pattern.compile("\\A(?:" + regex + ")");
        this.triggers = triggers;
    }

    @Override
    public List<String> triggers() {
        return List.of(triggers.split(" "));
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        if (start > 0 && continuesRun(text.charAt(start - 1))) {
            return null;
        }
        Matcher matcher = pattern.matcher(CharBuffer.wrap(text, start, text.length()));
        return matcher.lookingAt() ? Span.of(start, start + matcher.end(), kind) : null;
    }

    /** Inside a run of a JWT's characters each trigger would read to the run's end: only its start counts. */
    private boolean continuesRun(char before) {
        return Chars.isWord(before) || (this == JWT && (before == '-' || before == '_'));
    }
}

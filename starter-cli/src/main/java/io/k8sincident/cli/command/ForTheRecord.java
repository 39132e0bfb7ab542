package io.k8sincident.cli.command;

import io.k8sincident.activities.redaction.Redactor;
import io.k8sincident.cli.output.Problem;
import org.jspecify.annotations.Nullable;

/** What people type for the record stays there for good, in Temporal's history as well as in the trail. */
final class ForTheRecord {
    private ForTheRecord() {}

    /**
     * The text as it is.
     *
     * @throws Problem if it seems to hold a credential
     */
    static @Nullable String checked(String option, @Nullable String text) {
        if (text != null && !Redactor.text(text).equals(text)) {
            throw Problem.usage(
                    option + " seems to hold a credential, and it would be kept for good: " + Redactor.text(text),
                    "say it without");
        }
        return text;
    }
}

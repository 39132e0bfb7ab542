package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;

/** What Kubernetes says in words: read only so far, since anybody who can create an object can make it say anything. */
final class Message {
    private static final int LONGEST = 8_192;

    private Message() {}

    static String of(Fields fields, String... path) {
        String text = fields.text(path);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}

package io.k8sincident.activities.advice;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last answers by the digest of their question, so that a repeated step does not ask again. Thread-safe. */
final class KeptAnswers {
    private static final int MOST = 64;

    private final Map<String, ChatAnswer> answers = new LinkedHashMap<>(16, 0.75f, true);

    synchronized Optional<ChatAnswer> find(String promptDigest) {
        return Optional.ofNullable(answers.get(promptDigest));
    }

    synchronized void keep(String promptDigest, ChatAnswer answer) {
        answers.put(promptDigest, answer);
        if (answers.size() > MOST) {
            answers.remove(answers.keySet().iterator().next());
        }
    }
}

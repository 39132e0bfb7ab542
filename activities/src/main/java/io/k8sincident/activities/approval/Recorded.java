package io.k8sincident.activities.approval;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.Person;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a ruling says in the trail whose decision it is about, and until when that was valid. */
final class Recorded {
    private static final String NAME = "name";
    private static final String KEY = "key";
    private static final String EXPIRES = "expiresAt";

    private Recorded() {}

    static void put(Map<String, String> detail, Person person, @Nullable Decision decision) {
        detail.put(NAME, person.name());
        if (person.key() != null) {
            detail.put(KEY, person.key());
        }
        if (decision != null && decision.expiresAt() != null) {
            detail.put(EXPIRES, decision.expiresAt().toString());
        }
    }

    static Person person(ChainedEntry ruled) {
        String key = ruled.detail(KEY);
        return key.isEmpty() ? Person.unverified(ruled.detail(NAME)) : Person.verified(ruled.detail(NAME), key);
    }

    static Optional<Instant> expiresAt(ChainedEntry ruled) {
        String expires = ruled.detail(EXPIRES);
        return expires.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expires));
    }
}

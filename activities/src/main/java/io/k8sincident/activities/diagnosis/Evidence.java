package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.workflows.model.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The facts of one diagnosis: each has one number, {@code E1} and up, in the order of its first citation. */
final class Evidence {
    private final Map<String, Observation> cited = new LinkedHashMap<>();

    /** The numbers of these facts. */
    List<String> cite(List<Fact> facts) {
        return facts.stream().map(this::cite).distinct().toList();
    }

    private String cite(Fact fact) {
        String digest = Digest.of(fact.content());
        String key = fact.where() + "\n" + digest;
        Observation known = cited.get(key);
        if (known != null) {
            return known.id();
        }
        String id = "E" + (cited.size() + 1);
        cited.put(key, new Observation(id, Words.shown(fact.where()), Words.shown(fact.summary()), digest));
        return id;
    }

    List<Observation> observations() {
        return List.copyOf(cited.values());
    }
}

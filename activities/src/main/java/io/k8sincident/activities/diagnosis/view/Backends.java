package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.stream.Stream;

/** The Services that an Ingress sends to. */
public final class Backends {
    private Backends() {}

    /** Their names, in the order of the rules; backends that are no Services are left out. */
    public static List<String> of(Resource ingress) {
        Stream<Fields> paths = ingress.fields().list("spec", "rules").stream()
                .flatMap(rule -> rule.list("http", "paths").stream())
                .map(path -> path.child("backend"));
        return Stream.concat(Stream.of(ingress.fields().child("spec", "defaultBackend")), paths)
                .map(backend -> backend.text("service", "name"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}

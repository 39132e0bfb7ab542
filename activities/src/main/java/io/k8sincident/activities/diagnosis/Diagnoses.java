package io.k8sincident.activities.diagnosis;

import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;

/** Which of several diagnoses is about what. */
public final class Diagnoses {
    private Diagnoses() {}

    /** The diagnosis of this target: the one that would act on it, else the one that says what makes it fail. */
    public static Optional<Diagnosis> of(Target target, List<Diagnosis> diagnoses) {
        return diagnoses.stream()
                .filter(diagnosis -> diagnosis.target() != null && sameObject(diagnosis.target(), target))
                .findFirst()
                .or(() -> diagnoses.stream()
                        .filter(diagnosis -> diagnosis.affected().contains(target.kindName())
                                || diagnosis.consequences().contains(target.kindName()))
                        .findFirst());
    }

    /** Whether two targets name the same object, whatever is known of their uids. */
    public static boolean sameObject(Target one, Target other) {
        return one.kind().equals(other.kind())
                && one.name().equals(other.name())
                && String.valueOf(one.namespace()).equals(String.valueOf(other.namespace()));
    }
}

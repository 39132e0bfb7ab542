package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.recording.RecordedSource;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the diagnoses of the recordings compare with what is expected; {@code main} prints the table. */
final class Score {
    private Score() {}

    /** What a diagnosis made of one expected incident, or of a moment in which nothing is wrong. */
    enum Verdict {
        /** Cause and workload are right; or silence where all is well; or an abstention where nobody can know. */
        RIGHT,
        /** The cause is right, the workload is not. */
        WRONG_WORKLOAD,
        /** An incident without a claim where the cause can be known. */
        ABSTAINED,
        /** No incident at all. */
        MISSED,
        /** A cause is claimed that is not true. */
        WRONG
    }

    /** One line of the table. */
    record Line(Recordings.Moment moment, String expected, String got, Verdict verdict) {}

    static List<Diagnosis> diagnose(Recordings.Moment moment) {
        Snapshot snapshot = new RecordedSource(moment.folder()).take(Scope.everything());
        return Diagnosticians.standard().diagnose(snapshot);
    }

    static List<Line> of(Recordings.Moment moment) {
        List<Diagnosis> diagnoses = diagnose(moment);
        String got = String.join("; ", diagnoses.stream().map(Score::shown).toList());
        if (moment.healthy()) {
            return List.of(new Line(moment, "healthy", got, diagnoses.isEmpty() ? Verdict.RIGHT : Verdict.WRONG));
        }
        List<Line> lines = new ArrayList<>();
        for (Recordings.Expected expected : moment.incidents()) {
            Verdict verdict = moment.abstain() ? unknowable(diagnoses) : verdict(expected, moment, diagnoses);
            lines.add(new Line(moment, expected.causes() + " " + expected.workload(), got, verdict));
        }
        return lines;
    }

    private static Verdict unknowable(List<Diagnosis> diagnoses) {
        if (diagnoses.stream().anyMatch(diagnosis -> diagnosis.cause() != null)) {
            return Verdict.WRONG;
        }
        return diagnoses.isEmpty() ? Verdict.MISSED : Verdict.RIGHT;
    }

    private static Verdict verdict(Recordings.Expected expected, Recordings.Moment moment, List<Diagnosis> diagnoses) {
        for (Diagnosis diagnosis : diagnoses) {
            if (claimsWrongly(diagnosis, moment)) {
                return Verdict.WRONG;
            }
        }
        if (diagnoses.stream()
                .anyMatch(one -> causes(expected, one) && name(one.target()).equals(expected.workload()))) {
            return Verdict.RIGHT;
        }
        if (diagnoses.stream().anyMatch(one -> causes(expected, one))) {
            return expected.workload().isEmpty() ? Verdict.RIGHT : Verdict.WRONG_WORKLOAD;
        }
        return diagnoses.stream()
                        .anyMatch(one -> one.abstained()
                                && (name(one.target()).equals(expected.workload())
                                        || moment.mayFail().contains(name(one.target()))))
                ? Verdict.ABSTAINED
                : Verdict.MISSED;
    }

    private static boolean causes(Recordings.Expected expected, Diagnosis diagnosis) {
        return diagnosis.cause() != null && expected.causes().contains(diagnosis.cause());
    }

    /** A claim is wrong if no expected incident has that cause. */
    private static boolean claimsWrongly(Diagnosis diagnosis, Recordings.Moment moment) {
        Set<String> all = new java.util.TreeSet<>();
        moment.incidents().forEach(expected -> all.addAll(expected.causes()));
        return diagnosis.cause() != null && !all.contains(diagnosis.cause());
    }

    static String name(@org.jspecify.annotations.Nullable Target target) {
        return target == null ? "" : target.kindName();
    }

    private static String shown(Diagnosis diagnosis) {
        return (diagnosis.cause() == null ? "?" + diagnosis.symptom() : diagnosis.cause()) + " "
                + name(diagnosis.target());
    }

    /** Prints every line that is not right (or all, with {@code --all}), and the sums of each set. */
    public static void main(String[] arguments) {
        boolean all = Arrays.asList(arguments).contains("--all");
        Map<String, Map<Verdict, Integer>> sums = new LinkedHashMap<>();
        for (Recordings.Moment moment : Recordings.all()) {
            for (Line line : of(moment)) {
                String kind =
                        line.moment().healthy() ? " healthy" : line.moment().abstain() ? " unknowable" : "";
                sums.computeIfAbsent(
                                moment.set() + kind + (moment.late() ? "" : " early/mid"),
                                key -> new EnumMap<>(Verdict.class))
                        .merge(line.verdict(), 1, Integer::sum);
                if (all || line.verdict() != Verdict.RIGHT) {
                    System.out.printf(
                            "%-15s %-62s %-50s got %s%n", line.verdict(), line.moment(), line.expected(), line.got());
                }
            }
        }
        sums.forEach((set, verdicts) -> System.out.printf("%-40s %s%n", set, verdicts));
    }
}

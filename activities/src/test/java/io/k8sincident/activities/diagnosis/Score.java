package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Target;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the diagnoses of the recordings compare with what is expected. */
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
        /** No incident so far, but said not to be there yet. */
        PROGRESSING,
        /** No incident at all. */
        MISSED,
        /** A cause is claimed that is not true. */
        WRONG
    }

    /** What was made of the culprit of an incident whose cause is right. */
    enum Naming {
        /** As an operator would name it. */
        NAMED,
        /** Another object, container or field, or none. */
        OTHER,
        /** Nothing is expected, or the cause is not right. */
        NOT_ASKED
    }

    /** One line of the table. */
    record Line(Recordings.Moment moment, String expected, String got, Verdict verdict, Naming naming, String culprit) {
        Line(Recordings.Moment moment, String expected, String got, Verdict verdict) {
            this(moment, expected, got, verdict, Naming.NOT_ASKED, "");
        }
    }

    static List<Diagnosis> diagnose(Recordings.Moment moment) {
        return Diagnosticians.standard().diagnose(moment.snapshot());
    }

    private static boolean progressing(Recordings.Moment moment, Recordings.Expected expected) {
        return Progressing.in(moment.snapshot(), List.of()).stream()
                .anyMatch(workload -> workload.workload().equals(expected.workload()));
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
            if (verdict == Verdict.MISSED && diagnoses.isEmpty() && progressing(moment, expected)) {
                verdict = Verdict.PROGRESSING;
            }
            String wanted = expected.causes() + " " + expected.workload();
            ExpectedCulprit culprit = expected.culprit();
            if (moment.abstain() || culprit == null || verdict != Verdict.RIGHT) {
                lines.add(new Line(moment, wanted, got, verdict));
            } else {
                List<Diagnosis> named =
                        diagnoses.stream().filter(one -> causes(expected, one)).toList();
                boolean right = named.stream().anyMatch(one -> culprit.matches(one.culprit()));
                String said = String.join(
                        "; ",
                        named.stream().map(one -> String.valueOf(one.culprit())).toList());
                lines.add(new Line(moment, wanted, got, verdict, right ? Naming.NAMED : Naming.OTHER, said));
            }
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

    /** A claim is wrong if no expected incident has that cause, or if nobody can know the cause. */
    static boolean claimsWrongly(Diagnosis diagnosis, Recordings.Moment moment) {
        if (moment.abstain()) {
            return diagnosis.cause() != null;
        }
        Set<String> all = new java.util.TreeSet<>();
        moment.incidents().forEach(expected -> all.addAll(expected.causes()));
        return diagnosis.cause() != null && !all.contains(diagnosis.cause());
    }

    static String name(@org.jspecify.annotations.Nullable Target target) {
        return target == null ? "" : target.kindName();
    }

    static String shown(Diagnosis diagnosis) {
        return (diagnosis.cause() == null ? "?" + diagnosis.symptom() : diagnosis.cause()) + " "
                + name(diagnosis.target());
    }

    /** The lines of all moments of all recordings. */
    static List<Line> all() {
        return Recordings.all().stream().flatMap(moment -> of(moment).stream()).toList();
    }

    /** Prints every line with a cause or culprit that is not right, or every line, and the sums of each set. */
    static void print(List<Line> lines, boolean everyLine, PrintStream out) {
        Map<String, Map<Enum<?>, Integer>> sums = new LinkedHashMap<>();
        for (Line line : lines) {
            Recordings.Moment moment = line.moment();
            String kind = moment.healthy() ? " healthy" : moment.abstain() ? " unknowable" : "";
            Map<Enum<?>, Integer> sum = sums.computeIfAbsent(
                    moment.set() + kind + (moment.late() ? "" : " early/mid"), key -> new LinkedHashMap<>());
            sum.merge(line.verdict(), 1, Integer::sum);
            if (line.naming() != Naming.NOT_ASKED) {
                sum.merge(line.naming(), 1, Integer::sum);
            }
            if (everyLine || line.verdict() != Verdict.RIGHT || line.naming() == Naming.OTHER) {
                out.printf(
                        "%-15s %-10s %-62s %-50s got %s %s%n",
                        line.verdict(),
                        line.naming() == Naming.NOT_ASKED ? "-" : line.naming(),
                        moment,
                        line.expected(),
                        line.got(),
                        line.naming() == Naming.OTHER ? line.culprit() : "");
            }
        }
        sums.forEach((set, sum) -> out.printf("%-40s %s%n", set, sum));
        long asked =
                lines.stream().filter(line -> line.naming() != Naming.NOT_ASKED).count();
        long named =
                lines.stream().filter(line -> line.naming() == Naming.NAMED).count();
        long right =
                lines.stream().filter(line -> line.verdict() == Verdict.RIGHT).count();
        out.printf("right %d of %d; culprit named in %d of %d%n", right, lines.size(), named, asked);
    }

    /** The same as {@link ScoreTable}; {@code --all} for every line. */
    public static void main(String[] arguments) {
        print(all(), Arrays.asList(arguments).contains("--all"), System.out);
    }
}

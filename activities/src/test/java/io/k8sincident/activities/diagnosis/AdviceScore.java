package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.advice.Advisor;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Advice.Status;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Offer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How what a model says about the recordings compares with their labels, beside what the rules say. */
final class AdviceScore {
    /** The same cases for every model. */
    private static final long SEED = 7;

    private AdviceScore() {}

    /** One incident of one moment, and what was made of it. */
    record Case(Recordings.Moment moment, Recordings.Expected expected, Diagnosis diagnosis, Advice advice) {
        boolean answered() {
            return advice.status() != Status.UNAVAILABLE;
        }

        boolean unknowable() {
            return moment.abstain();
        }

        boolean rulesRight() {
            return right(diagnosis.cause());
        }

        boolean modelRight() {
            return right(advice.cause());
        }

        boolean silent() {
            return advice.status() == Status.ABSTAINED || advice.cause() == null;
        }

        /** Whether there is an order to get right: the offer that the right rule puts first, among others. */
        boolean rankable() {
            return answered()
                    && !unknowable()
                    && rulesRight()
                    && diagnosis.offers().size() > 1;
        }

        /** One over the place of that offer in the model's order; 0 if it is not in it. */
        double reciprocalRank() {
            Offer best = diagnosis.offers().get(0);
            int place = advice.ranking().indexOf(best.runbook());
            return place < 0 ? 0 : 1.0 / (place + 1);
        }

        private boolean right(@org.jspecify.annotations.Nullable String cause) {
            return cause != null && expected.causes().contains(cause);
        }
    }

    /**
     * Asks about this many incidents, drawn from all moments in an order that is the same each time.
     *
     * @param each told of every case as it comes
     */
    static List<Case> ask(Advisor model, int limit, PrintStream each) {
        List<Case> cases = new ArrayList<>();
        List<Recordings.Moment> moments = new ArrayList<>(Recordings.all());
        Collections.shuffle(moments, new Random(SEED));
        for (Recordings.Moment moment : moments) {
            List<Diagnosis> diagnoses = moment.healthy() ? List.of() : Score.diagnose(moment);
            for (Recordings.Expected expected : moment.incidents()) {
                Diagnosis about = about(expected, diagnoses);
                if (about == null) {
                    continue;
                }
                if (cases.size() == limit) {
                    return cases;
                }
                Advice advice = model.advise(moment.snapshot(), about, progress -> {});
                Case one = new Case(moment, expected, about, advice);
                cases.add(one);
                each.printf(
                        Locale.ROOT,
                        "%-62s %-11s rules %-28s model %-28s kept %d dropped %s %.1f s %s%n",
                        moment,
                        advice.status(),
                        about.cause(),
                        advice.cause(),
                        advice.kept(),
                        advice.dropped(),
                        seconds(advice.took()),
                        advice.reason());
            }
        }
        return cases;
    }

    private static @org.jspecify.annotations.Nullable Diagnosis about(
            Recordings.Expected expected, List<Diagnosis> diagnoses) {
        return diagnoses.stream()
                .filter(one -> Score.name(one.target()).equals(expected.workload()))
                .findFirst()
                .orElse(diagnoses.isEmpty() ? null : diagnoses.get(0));
    }

    /** The head of the table that {@link #row} belongs to. */
    static List<String> head() {
        return List.of(
                "| model | cases | no answer | right cause: rules | right cause: model | right offer first | MRR"
                        + " | unsupported | unknowable: says so | p50 | p95 | tokens read, written |",
                "|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    /** One line in Markdown, to be put below those of other models. */
    static String row(String model, List<Case> cases) {
        List<Case> knowable = cases.stream().filter(one -> !one.unknowable()).toList();
        List<Case> unknowable = cases.stream().filter(Case::unknowable).toList();
        List<Case> rankable = cases.stream().filter(Case::rankable).toList();
        List<Case> answered = cases.stream().filter(Case::answered).toList();
        int dropped =
                answered.stream().mapToInt(one -> one.advice().droppedInAll()).sum();
        int said =
                dropped + answered.stream().mapToInt(one -> one.advice().kept()).sum();
        return "| "
                + String.join(
                        " | ",
                        model,
                        String.valueOf(cases.size()),
                        String.valueOf(cases.size() - answered.size()),
                        share(knowable, Case::rulesRight),
                        share(knowable, Case::modelRight),
                        share(rankable, one -> one.reciprocalRank() == 1),
                        rankable.isEmpty()
                                ? "–"
                                : String.format(Locale.ROOT, "%.2f", mean(rankable, Case::reciprocalRank)),
                        dropped + " of " + said,
                        share(unknowable, one -> one.answered() && one.silent()),
                        time(cases, 0.5),
                        time(cases, 0.95),
                        Math.round(mean(answered, one -> one.advice().promptTokens())) + ", "
                                + Math.round(mean(answered, one -> one.advice().answerTokens())))
                + " |";
    }

    private static String share(List<Case> cases, Predicate<Case> which) {
        return cases.stream().filter(which).count() + " of " + cases.size();
    }

    private static double mean(List<Case> cases, ToDoubleFunction<Case> value) {
        return cases.stream().mapToDouble(value).average().orElse(0);
    }

    private static String time(List<Case> cases, double share) {
        List<Duration> sorted =
                cases.stream().map(one -> one.advice().took()).sorted().toList();
        return sorted.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%.1f s", seconds(sorted.get((int) Math.ceil(share * sorted.size()) - 1)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}

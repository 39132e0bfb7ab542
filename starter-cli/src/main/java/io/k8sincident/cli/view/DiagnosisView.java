package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Age;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.Claim;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Contribution;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.RuledOut;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with one target, why, what it is not, and what could be done. */
public final class DiagnosisView {
    private static final int CONSEQUENCES_SHOWN = 6;
    private static final int MISSING_SHOWN = 2;
    private static final int LONGEST_SUMMARY = 160;

    private final Instant now;
    private final boolean wide;

    /**
     * A view at a time.
     *
     * @param wide whether to show all evidence with its places, and every name
     */
    public DiagnosisView(Instant now, boolean wide) {
        this.now = now;
        this.wide = wide;
    }

    /** All lines about it. */
    public List<Text> lines(Diagnosis diagnosis) {
        List<Text> lines = new ArrayList<>();
        lines.add(heading(diagnosis));
        lines.addAll(reasons(diagnosis));
        diagnosis.offers().forEach(offer -> lines.add(offer(diagnosis, offer)));
        return lines;
    }

    /** The target and what Kubernetes shows. */
    public Text heading(Diagnosis diagnosis) {
        String since = diagnosis.since() == null ? "" : " since " + Age.since(diagnosis.since(), now);
        return Text.of(subject(diagnosis), Style.BOLD)
                .and("   " + diagnosis.symptom(), Style.YELLOW)
                .and(since);
    }

    /** Cause, what was ruled out, what else is true, what is missing. */
    public List<Text> reasons(Diagnosis diagnosis) {
        List<Text> lines = new ArrayList<>();
        lines.addAll(cause(diagnosis));
        Culprit culprit = diagnosis.culprit();
        if (culprit != null) {
            lines.add(Screen.label("culprit", culprit(culprit)));
        }
        for (RuledOut other : diagnosis.ruledOut()) {
            lines.add(Screen.label(
                    "not", Text.of(other.cause() + " (" + other.because() + ")").and(Citations.of(other.evidence()))));
        }
        for (Contribution more : diagnosis.contributing()) {
            lines.add(Screen.label(
                    "also", Text.of(more.cause() + ": " + more.summary()).and(Citations.of(more.evidence()))));
        }
        names("reaches", diagnosis.affected(), lines);
        names("so fail", diagnosis.consequences(), lines);
        lines.addAll(missing(diagnosis.missing()));
        lines.addAll(evidence(diagnosis));
        return lines;
    }

    private static List<Text> cause(Diagnosis diagnosis) {
        List<Text> lines = new ArrayList<>();
        Text cause =
                diagnosis.cause() == null ? Text.of("not known", Style.YELLOW) : Text.of(diagnosis.cause(), Style.RED);
        if (diagnosis.confidence() == Confidence.LIKELY) {
            cause = cause.and(" (likely)");
        }
        List<Claim> claims = diagnosis.claims();
        if (claims.isEmpty()) {
            return List.of(Screen.label("cause", cause));
        }
        lines.add(Screen.label(
                "cause",
                cause.and(": ")
                        .and(claims.get(0).text())
                        .and(Citations.of(claims.get(0).evidence()))));
        for (Claim claim : claims.subList(1, claims.size())) {
            lines.add(Screen.label("", Text.of(claim.text()).and(Citations.of(claim.evidence()))));
        }
        return lines;
    }

    private void names(String label, List<String> names, List<Text> lines) {
        if (!names.isEmpty()) {
            String shown = String.join(
                    ", ",
                    names.stream()
                            .limit(wide ? names.size() : CONSEQUENCES_SHOWN)
                            .toList());
            int hidden = wide ? 0 : names.size() - CONSEQUENCES_SHOWN;
            lines.add(Screen.label(label, shown + (hidden > 0 ? " and " + hidden + " more" : "")));
        }
    }

    /** What one command gets is one line. */
    private List<Text> missing(List<Missing> missing) {
        Map<String, List<String>> commands = missing.stream()
                .collect(Collectors.groupingBy(
                        Missing::command, LinkedHashMap::new, Collectors.mapping(Missing::what, Collectors.toList())));
        List<Text> lines = new ArrayList<>();
        commands.forEach((command, what) -> {
            int hidden = wide ? 0 : what.size() - MISSING_SHOWN;
            String shown = String.join(
                    "; ",
                    what.stream().limit(wide ? what.size() : MISSING_SHOWN).toList());
            lines.add(Screen.label(
                    "missing",
                    Text.of(shown + (hidden > 0 ? "; and " + hidden + " more" : ""))
                            .and("  →  ")
                            .and(command, Style.BOLD)));
        });
        return lines;
    }

    /** All of it with its places, or shortly what the claims rest on. */
    private List<Text> evidence(Diagnosis diagnosis) {
        if (wide) {
            return diagnosis.evidence().stream()
                    .map(observation -> Screen.label(
                            observation.id(),
                            Text.of(observation.where(), Style.DIM).and("  " + observation.summary())))
                    .toList();
        }
        Set<String> cited = diagnosis.claims().stream()
                .flatMap(claim -> claim.evidence().stream())
                .collect(Collectors.toSet());
        return diagnosis.evidence().stream()
                .filter(observation -> cited.contains(observation.id()))
                .map(observation -> Screen.label(observation.id(), Text.of(cut(observation.summary()), Style.DIM)))
                .toList();
    }

    /** Beginning and end: what decides is often the end, such as the last of a chain of errors. */
    private static String cut(String text) {
        int half = LONGEST_SUMMARY / 2;
        return text.length() <= LONGEST_SUMMARY
                ? text
                : text.substring(0, half) + " … " + text.substring(text.length() - half);
    }

    private static String culprit(Culprit culprit) {
        StringBuilder text = new StringBuilder(culprit.kind() + "/" + culprit.name());
        if (culprit.container() != null) {
            text.append(", container ").append(culprit.container());
        }
        if (culprit.field() != null) {
            text.append(", ").append(culprit.field());
        }
        if (culprit.value() != null) {
            text.append(" = ").append(culprit.value());
        }
        return text.toString();
    }

    private static Text offer(Diagnosis diagnosis, Offer offer) {
        String what = offer.actions().isEmpty()
                ? offer.runbook()
                : String.join(
                        ", then ",
                        offer.actions().stream()
                                .map(action -> action.describe())
                                .toList());
        Text line = Text.of(what + "   ").and(offer.risk().name(), Tone.of(offer.risk()));
        Target target = offer.actions().isEmpty()
                ? diagnosis.target()
                : offer.actions().get(0).target();
        if (target == null) {
            return Screen.label("offer", line);
        }
        String command = "incident start " + arguments(target)
                + String.join(
                        "",
                        offer.needsValue().stream()
                                .map(field -> " --set " + field + "=VALUE")
                                .toList());
        return Screen.label("offer", line.and("   →  ").and(command, Style.BOLD));
    }

    private static String arguments(Target target) {
        return target.typed() + (target.namespace() == null ? "" : " -n " + target.namespace());
    }

    /** What it is about, as it is typed. */
    public static String subject(Diagnosis diagnosis) {
        if (diagnosis.target() != null) {
            return diagnosis.target().path();
        }
        Culprit culprit = diagnosis.culprit();
        return culprit == null ? diagnosis.source() : culprit.kind() + "/" + culprit.name();
    }
}

package io.k8sincident.cli.view;

import io.k8sincident.activities.diagnosis.HealthScore;
import io.k8sincident.activities.diagnosis.Progressing;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.cli.output.Age;
import io.k8sincident.cli.output.Escape;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Observation;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One HTML file with everything in it: no script, nothing fetched, so that it can be sent and opened anywhere. All that
 * comes from the cluster is escaped; the policy in its head lets nothing run if that should fail.
 */
public final class HtmlReport {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Triage</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            article { border: 1px solid #8886; border-left: 4px solid #c33; border-radius: 4px; padding: 0 1rem; margin: 1rem 0; }
            article.abstained { border-left-color: #c90; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; }
            table { border-collapse: collapse; width: 100%; }
            td { vertical-align: top; padding: .2rem .6rem .2rem 0; overflow-wrap: anywhere; }
            td:first-child { font-weight: bold; white-space: nowrap; }
            .well { color: #293; }
            </style>
            </head>
            <body>
            <h1>Triage</h1>
            """;

    private final StringBuilder html = new StringBuilder(HEAD);

    private HtmlReport() {}

    /** The document. */
    public static String of(List<Triaged> sources) {
        HtmlReport report = new HtmlReport();
        HealthScore all = HealthScore.sum(sources.stream().map(Triaged::score).toList());
        report.line("p", "", Triaged.inWords(all));
        sources.forEach(report::source);
        return report.html.append("</body>\n</html>\n").toString();
    }

    private void source(Triaged source) {
        html.append("<section>\n");
        line("h2", "", source.snapshot().source());
        line(
                "p",
                "",
                "as of " + source.snapshot().takenAt().truncatedTo(ChronoUnit.SECONDS) + ": "
                        + Triaged.inWords(source.score()));
        if (source.diagnoses().isEmpty()) {
            boolean well = source.progressing().isEmpty();
            line("p", "well", well ? "Nothing is wrong in what was read." : "No incident in what was read.");
        }
        for (Progressing workload : source.progressing()) {
            String latest = workload.latest() == null ? "" : " · " + workload.latest();
            line("p", "", "Not there yet: " + workload.workload() + ", " + workload.state() + latest);
        }
        source.diagnoses().forEach(diagnosis -> incident(source, diagnosis));
        if (!source.snapshot().gaps().isEmpty()) {
            html.append("<details><summary>Not read</summary>\n<ul>\n");
            for (Gap gap : source.snapshot().gaps()) {
                line("li", "", gap.what() + " (" + gap.why() + ") → " + gap.command());
            }
            html.append("</ul>\n</details>\n");
        }
        html.append("</section>\n");
    }

    private void incident(Triaged source, Diagnosis diagnosis) {
        html.append(diagnosis.abstained() ? "<article class=\"abstained\">\n" : "<article>\n");
        String since = diagnosis.since() == null
                ? ""
                : " since " + Age.since(diagnosis.since(), source.snapshot().takenAt());
        line("h3", "", DiagnosisView.subject(diagnosis) + " — " + diagnosis.symptom() + since);
        StringBuilder lines = new StringBuilder();
        DiagnosisView view = new DiagnosisView(source.snapshot().takenAt(), false);
        List<Text> about = view.lines(diagnosis);
        about.subList(1, about.size()).forEach(line -> lines.append(line).append('\n'));
        line("pre", "", lines.toString());
        html.append("<table>\n");
        for (Observation observation : diagnosis.evidence()) {
            html.append("<tr>");
            cell(observation.id());
            cell(observation.where());
            cell(observation.summary());
            html.append("</tr>\n");
        }
        html.append("</table>\n</article>\n");
    }

    private void cell(String text) {
        html.append("<td>").append(escaped(text)).append("</td>");
    }

    private void line(String element, String style, String text) {
        html.append('<').append(element);
        if (!style.isEmpty()) {
            html.append(" class=\"").append(style).append('"');
        }
        html.append('>').append(escaped(text)).append("</").append(element).append(">\n");
    }

    /** For text between tags and in quoted attributes (HTML Living Standard, 13.3). */
    static String escaped(String text) {
        return Escape.block(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

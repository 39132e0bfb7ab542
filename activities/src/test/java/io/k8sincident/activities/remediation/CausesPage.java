package io.k8sincident.activities.remediation;

import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/causes.md}, made from the rules and the runbooks. */
final class CausesPage {
    private static final String HEAD = """
            # Causes

            Every cause that a rule can name, made from the rules and the runbooks; `incident triage --explain CAUSE` says the
            same. Do not edit it: `mvn -q test -pl activities -am -Dtest=CausesPageTest -Dcauses.write=true
            -Dsurefire.failIfNoSpecifiedTests=false` writes it anew.

            | family | cause | what it means | what proves it | what rules it out | what may be offered |
            |---|---|---|---|---|---|
            """;

    private CausesPage() {}

    static Path file() {
        Path docs = Path.of("docs");
        return (Files.isDirectory(docs) ? docs : Path.of("..").resolve(docs)).resolve("causes.md");
    }

    static String text(CauseCatalog catalog) {
        StringBuilder page = new StringBuilder(HEAD);
        for (CauseCatalog.Entry entry : catalog.entries()) {
            String offers = entry.offers().isEmpty()
                    ? "nothing: a human decides, with the evidence"
                    : String.join("; ", entry.offers());
            page.append("| ")
                    .append(entry.family())
                    .append(" | `")
                    .append(entry.id())
                    .append("` | ")
                    .append(cell(entry.meaning()))
                    .append(" | ")
                    .append(cell(entry.proof()))
                    .append(" | ")
                    .append(cell(entry.ruledOutBy()))
                    .append(" | ")
                    .append(offers)
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }
}

package io.k8sincident.cli.view;

import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.cli.output.Escape;
import io.k8sincident.workflows.model.Diagnosis;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What CI systems read as test results (the form of Ant's JUnit task): a suite for each source, a failed case for each
 * incident, one that passed where nothing is wrong. The type of a failure is the cause, or {@code abstained}.
 */
public final class JunitReport {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ISO_LOCAL_DATE_TIME.withZone(ZoneOffset.UTC).withLocale(Locale.ROOT);

    private JunitReport() {}

    /** The document. */
    public static String of(List<Triaged> sources) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "incident triage");
            counts(xml, sources.stream().mapToInt(JunitReport::cases).sum(), failures(sources));
            for (Triaged source : sources) {
                suite(xml, source);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text is always writable as XML", e);
        }
        return text.append('\n').toString();
    }

    private static void suite(XMLStreamWriter xml, Triaged source) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", source.snapshot().source());
        counts(xml, cases(source), source.diagnoses().size());
        attribute(xml, "timestamp", LOCAL.format(source.snapshot().takenAt().truncatedTo(ChronoUnit.SECONDS)));
        if (source.diagnoses().isEmpty()) {
            start(xml, source, "nothing is wrong");
            xml.writeEndElement();
        }
        for (Diagnosis diagnosis : source.diagnoses()) {
            incident(xml, source, diagnosis);
        }
        String said = Triaged.inWords(source.score()) + "\n"
                + source.snapshot().gaps().stream().map(JunitReport::gap).collect(Collectors.joining());
        xml.writeCharacters("\n    ");
        xml.writeStartElement("system-out");
        xml.writeCharacters(Escape.block(said));
        xml.writeEndElement();
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void incident(XMLStreamWriter xml, Triaged source, Diagnosis diagnosis) throws XMLStreamException {
        String cause = diagnosis.cause() == null ? "abstained" : diagnosis.cause();
        start(xml, source, DiagnosisView.subject(diagnosis));
        xml.writeCharacters("\n      ");
        xml.writeStartElement("failure");
        attribute(xml, "type", cause);
        attribute(
                xml,
                "message",
                cause
                        + (diagnosis.claims().isEmpty()
                                ? ""
                                : ": " + diagnosis.claims().get(0).text()));
        xml.writeCharacters(new DiagnosisView(source.snapshot().takenAt(), true)
                .lines(diagnosis).stream().map(line -> line + "\n").collect(Collectors.joining()));
        xml.writeEndElement();
        xml.writeCharacters("\n    ");
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, Triaged source, String name) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute(xml, "classname", source.snapshot().source());
        attribute(xml, "name", name);
        attribute(xml, "time", "0");
    }

    private static void counts(XMLStreamWriter xml, int cases, int failures) throws XMLStreamException {
        attribute(xml, "tests", String.valueOf(cases));
        attribute(xml, "failures", String.valueOf(failures));
        attribute(xml, "errors", "0");
        attribute(xml, "skipped", "0");
    }

    /** XML 1.0 has no form for most control characters, so they are made visible before. */
    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Escape.line(value));
    }

    private static int cases(Triaged source) {
        return Math.max(1, source.diagnoses().size());
    }

    private static int failures(List<Triaged> sources) {
        return sources.stream().mapToInt(source -> source.diagnoses().size()).sum();
    }

    private static String gap(Gap gap) {
        return "not read: " + gap.what() + " (" + gap.why() + ")\n";
    }
}

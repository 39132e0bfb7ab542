package io.k8sincident.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.recording.RecordedSource;
import io.k8sincident.activities.remediation.Diagnosticians;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Reports for CI systems and browsers, also of what strangers named to break them. */
class ReportsTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
    private static final String HOSTILE = "</pre><script>alert('\\u0007')</script>\\\"&]]>";

    @TempDir
    Path folder;

    @Test
    void junitHasASuiteForEachSourceAndAFailureForEachIncident() throws Exception {
        Document xml = xml(JunitReport.of(List.of(triaged("broken"), triaged("healthy"))));

        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        assertThat(((Element) xml.getElementsByTagName("testsuite").item(0)).getAttribute("failures"))
                .isEqualTo("1");
        assertThat(((Element) xml.getElementsByTagName("testsuite").item(1)).getAttribute("tests"))
                .isEqualTo("1");
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("invalid-image-name");
        assertThat(failure.getTextContent()).contains("demo/deployment/web", "culprit", "E1");
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
    }

    @Test
    void junitIsXmlWhateverTheClusterSays() throws Exception {
        Document xml = xml(JunitReport.of(List.of(hostile())));

        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).contains("</pre><script>");
        assertThat(xml.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void htmlIsOneFileThatRunsNothing() {
        String html = HtmlReport.of(List.of(triaged("broken"), triaged("healthy")));

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("invalid-image-name", "Nothing is wrong", "default-src 'none'")
                .doesNotContain("<script", "src=", "href=", "http://", "url(");
    }

    @Test
    void htmlEscapesWhatTheClusterSays() {
        String html = HtmlReport.of(List.of(hostile()));

        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script", "\u0007");
    }

    private Triaged hostile() {
        try {
            Files.copy(RECORDINGS.resolve("broken/meta.json"), folder.resolve("meta.json"));
            String objects = Files.readString(RECORDINGS.resolve("broken/objects.json"));
            Files.writeString(folder.resolve("objects.json"), objects.replace("Shop/Web:1", HOSTILE));
            return triaged(folder);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Triaged triaged(String name) {
        return triaged(RECORDINGS.resolve(name));
    }

    private static Triaged triaged(Path path) {
        Snapshot snapshot = new RecordedSource(path).take(Scope.everything());
        return Triaged.of(snapshot, Diagnosticians.standard());
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}

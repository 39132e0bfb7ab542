package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triage of recordings; needs no server. */
class TriageTest {
    private static final String BROKEN = "src/test/resources/recordings/broken";
    private static final String HEALTHY = "src/test/resources/recordings/healthy";

    private final CommandRun incident = new CommandRun(new NoServers());

    @Test
    void namesTheCauseAndCitesIt() {
        Result result = incident.run("triage", "--from", BROKEN);

        assertThat(result.out()).contains("demo/deployment/web   InvalidImageName", "invalid-image-name: ", "[E1");
        assertThat(result.code()).isEqualTo(3);
    }

    @Test
    void endsWithZeroWhenNothingIsWrong() {
        Result result = incident.run("triage", "--from", HEALTHY);

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("nothing is wrong in " + HEALTHY);
        assertThat(result.code()).isZero();
    }

    @Test
    void writesOneReportOfSeveralRecordings() throws IOException {
        Result result = incident.run("triage", "--from", BROKEN, "--from", HEALTHY, "-o", "json");

        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("kind").asText()).isEqualTo("TriageReport");
        assertThat(report.path("incidents").path(0).path("cause").asText()).isEqualTo("invalid-image-name");
        assertThat(report.path("healthy").path(0).asText()).isEqualTo(HEALTHY);
    }

    @Test
    void takesSeveralPathsAsAShellExpandsThem() {
        Result result = incident.run("triage", "--from", BROKEN, HEALTHY, "-o", "name");

        assertThat(result.out()).isEqualTo("demo/deployment/web\n");
    }

    @Test
    void takesOneWorkloadOfARecording() {
        Result result = incident.run("triage", "deploy/web", "--from", BROKEN, "-o", "name");

        assertThat(result.out()).isEqualTo("demo/deployment/web\n");
    }

    @Test
    void showsNoInvisibleCharacterOfTheCluster() {
        assertThat(incident.run("triage", "--from", BROKEN, "-o", "wide").out()).doesNotContain("\u202e");
        assertThat(incident.run("triage", "--from", BROKEN, "-o", "json").out()).doesNotContain("\u202e");
        assertThat(incident.run("triage", "--from", BROKEN, "-o", "yaml").out()).doesNotContain("\u202e");
    }

    @Test
    void saysWhichFileOfARecordingIsTruncated(@TempDir Path folder) throws IOException {
        Files.copy(Path.of(BROKEN, "meta.json"), folder.resolve("meta.json"));
        Files.writeString(folder.resolve("objects.json"), "{\"items\": [");

        Result result = incident.run("triage", "--from", folder.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("objects.json", "next");
    }

    @Test
    void refusesAWorkloadInAllNamespaces() {
        assertThat(incident.run("triage", "deployment/web", "-A").code()).isEqualTo(2);
    }

    @Test
    void writesWhatCiSystemsAndBrowsersRead() {
        assertThat(incident.run("triage", "--from", BROKEN, "-o", "junit").out())
                .startsWith("<?xml");
        assertThat(incident.run("triage", "--from", BROKEN, "-o", "html").out()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void saysHowMuchIsWell() throws IOException {
        Result result = incident.run("triage", "--from", BROKEN, "-o", "json");

        assertThat(new ObjectMapper()
                        .readTree(result.out())
                        .at("/score/incidents")
                        .asInt())
                .isEqualTo(1);
        assertThat(result.err()).contains("0 of 1 workloads are healthy (0 %), 1 incident");
    }

    @Test
    void saysThatNoRuleNamesACause() {
        Result result = incident.run("triage", "--explain", "no-such-cause");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no rule names a cause 'no-such-cause'", "nothing was changed");
    }

    @Test
    void listsTheCausesWithoutACluster() {
        assertThat(incident.run("triage", "--explain").code()).isZero();
    }
}

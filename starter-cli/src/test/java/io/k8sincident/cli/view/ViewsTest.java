package io.k8sincident.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.Incidents;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Person;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people see, held against files beside this class. */
class ViewsTest {
    private static final Instant NOW = Incidents.OPENED.plusSeconds(60);

    @Test
    void showsACauseWithItsCitations() throws IOException {
        assertThat(text(new DiagnosisView(NOW, false).lines(Incidents.badCommand())))
                .isEqualTo(golden("diagnosis"));
    }

    @Test
    void showsWhereEvidenceWasReadWhenWide() throws IOException {
        assertThat(text(new DiagnosisView(NOW, true).lines(Incidents.badCommand())))
                .isEqualTo(golden("diagnosis-wide"));
    }

    @Test
    void showsWhatIsMissingWhenItAbstains() throws IOException {
        assertThat(text(new DiagnosisView(NOW, false).lines(Incidents.unknown())))
                .isEqualTo(golden("diagnosis-abstained"));
    }

    @Test
    void showsEverythingThatIsUnderTheDigest() throws IOException {
        assertThat(text(new PlanView(NOW).lines(Incidents.proposal(), Incidents.OPENED.plusSeconds(1802))))
                .isEqualTo(golden("plan"));
    }

    @Test
    void showsAnIncidentOnOnePage() throws IOException {
        assertThat(text(new IncidentView(NOW, ZoneOffset.UTC, false).lines(Incidents.waiting("run-1"), null)))
                .isEqualTo(golden("incident-waiting"));
    }

    /** The request is a workflow's input, which whoever starts it writes. */
    @Test
    void showsTheRequesterAsUnverifiedWhateverTheRequestSays() throws IOException {
        IncidentStatus claiming =
                Incidents.requestedBy(Incidents.waiting("run-1"), Person.verified("alice", "SHA256:made-up"));

        assertThat(text(new IncidentView(NOW, ZoneOffset.UTC, false).lines(claiming, null)))
                .isEqualTo(golden("incident-waiting"));
    }

    @Test
    void showsHowAnIncidentEnded() throws IOException {
        assertThat(text(new IncidentView(NOW, ZoneOffset.UTC, false)
                        .lines(
                                Incidents.ended(
                                        Incidents.waiting("run-1"),
                                        Outcome.EXPIRED,
                                        "nobody decided in time; nothing was changed"),
                                Incidents.OPENED.plusSeconds(1802))))
                .isEqualTo(golden("incident-expired"));
    }

    @Test
    void showsOneObservationWithWhatCitesIt() throws IOException {
        assertThat(text(EvidenceView.one(Incidents.badCommand().evidence().get(0), Incidents.badCommand())))
                .isEqualTo(golden("evidence-one"));
    }

    private static String text(List<Text> lines) {
        return lines.stream().map(line -> line.toString().stripTrailing()).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = ViewsTest.class.getResourceAsStream(name + ".txt")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

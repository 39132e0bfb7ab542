package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a namespace where several things fail for reasons of their own. */
class NamedDiagnosticianTest {
    private final Snapshot several = snapshot("clover-games");
    private final Snapshot cascade = snapshot("tundra-orders");

    @Test
    void tellsOnlyWhatIsWrongWithTheNamedObject() {
        assertThat(of("Deployment", "lobby", several)).containsExactly("Deployment/lobby: liveness-probe-kill");
    }

    @Test
    void tellsOfAPodWhatIsWrongWithItsOwner() {
        String pod = several.all("Pod")
                .filter(object -> object.name().startsWith("lobby-"))
                .findFirst()
                .orElseThrow()
                .name();

        assertThat(of("Pod", pod, several)).containsExactly("Deployment/lobby: liveness-probe-kill");
    }

    @Test
    void tellsOfAConsequenceWhatIsBehindIt() {
        assertThat(of("Deployment", "frontend", cascade)).containsExactly("Deployment/orders: image-not-found");
    }

    @Test
    void tellsAllThatTheSnapshotShowsOfAnObjectThatIsGone() {
        assertThat(of("Pod", "gone-7d9f", cascade)).containsExactly("Deployment/orders: image-not-found");
    }

    private static List<String> of(String kind, String name, Snapshot snapshot) {
        return new NamedDiagnostician(kind, name, Diagnosticians.standard())
                .diagnose(snapshot).stream().map(NamedDiagnosticianTest::shown).toList();
    }

    private static String shown(Diagnosis diagnosis) {
        return Score.name(diagnosis.target()) + ": " + diagnosis.cause();
    }

    private static Snapshot snapshot(String scenario) {
        return Recordings.all().stream()
                .filter(moment -> moment.scenario().equals(scenario) && moment.late())
                .map(Recordings.Moment::snapshot)
                .findFirst()
                .orElseThrow();
    }
}

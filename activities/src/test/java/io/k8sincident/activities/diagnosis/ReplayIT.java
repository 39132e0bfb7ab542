package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.activities.kubernetes.LiveSource;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a live cluster shows leads to the same answers as the recording of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = ReplayIT.SCRIPT,
        matches = ".+",
        disabledReason = "set INCIDENT_REPLAY to a script that serves recordings from a real API server to run this")
class ReplayIT {
    static final String SCRIPT = "INCIDENT_REPLAY";

    private Replay replay;

    @BeforeAll
    void serve() throws IOException {
        replay = Replay.start(System.getenv().getOrDefault(SCRIPT, ""), "incident-it");
    }

    @AfterAll
    void stop() {
        replay.close();
    }

    static Stream<Recordings.Moment> moments() {
        return Recordings.all().stream().filter(moment -> !toldOnlyBy(moment));
    }

    /** An eviction that was tried is in no object: only the recording of the attempt tells. */
    private static boolean toldOnlyBy(Recordings.Moment moment) {
        return moment.incidents().stream()
                .anyMatch(expected -> expected.causes().contains("pdb-blocks-eviction"));
    }

    /** Who recorded with fewer rights is stood in for by an account that has just those. */
    private Path readerOf(Recordings.Moment moment) throws IOException {
        Set<String> refused = new TreeSet<>();
        JsonNode meta =
                new ObjectMapper().readTree(moment.folder().resolve("meta.json").toFile());
        meta.path("refused").fieldNames().forEachRemaining(refused::add);
        return refused.isEmpty() ? replay.kubeconfig() : RestrictedReader.without(refused, replay.kubeconfig());
    }

    @ParameterizedTest
    @MethodSource("moments")
    void theLiveClusterGivesTheAnswersOfItsRecording(Recordings.Moment moment) throws IOException {
        Snapshot recorded = moment.snapshot();
        String name = moment.folder().getFileName().toString();
        String when = name.equals("recording") ? "late" : name.replace("recording-", "");
        replay.load(moment.folder().resolve("../..").normalize(), moment.scenario(), when);
        try (KubernetesConnection connection = KubernetesConnection.open(readerOf(moment), null)) {
            Snapshot live = new LiveSource(connection, Clock.fixed(recorded.takenAt(), ZoneOffset.UTC))
                    .take(Scope.namespace(namespace(recorded)));

            assertThat(answers(live)).isEqualTo(answers(recorded));
        } finally {
            replay.unload(namespace(recorded));
        }
    }

    /** That of the workloads; events about nodes are elsewhere. */
    private static String namespace(Snapshot snapshot) {
        return snapshot.objects().stream()
                .filter(object -> !object.kind().equals("Event"))
                .map(Resource::namespace)
                .filter(namespace -> !namespace.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> answers(Snapshot snapshot) {
        return Diagnosticians.standard().diagnose(snapshot).stream()
                .map(ReplayIT::answer)
                .sorted()
                .toList();
    }

    private static String answer(Diagnosis diagnosis) {
        return Score.name(diagnosis.target()) + ": " + diagnosis.cause() + ", " + diagnosis.culprit() + ", affected "
                + diagnosis.affected() + ", consequences " + diagnosis.consequences();
    }
}

package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.recording.RecordedSource;
import io.k8sincident.activities.recording.RecordingWriter;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.workflow.WireFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recording of what was read is diagnosed as what was read. */
class RecordedAgainTest {
    @TempDir
    Path folder;

    static Stream<Recordings.Moment> moments() {
        return Recordings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void saysTheSame(Recordings.Moment moment) {
        Snapshot snapshot = moment.snapshot();

        Path again = folder.resolve("again");
        new RecordingWriter(again, false).write(snapshot, "");

        assertThat(diagnoses(new RecordedSource(again).take(Scope.everything())))
                .isEqualTo(diagnoses(snapshot));
    }

    private static List<JsonNode> diagnoses(Snapshot snapshot) {
        Snapshot unnamed = new Snapshot("", snapshot.takenAt(), snapshot.objects(), snapshot.logs(), snapshot.gaps());
        return Diagnosticians.standard().diagnose(unnamed).stream()
                .map(diagnosis -> WireFormat.mapper().<JsonNode>valueToTree(diagnosis))
                .toList();
    }
}

package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs are written by strangers: where status and events say that all is well, nothing that a log says makes an incident. */
class HostileLogsTest {
    private static final int LAST_OF_EACH = 400;
    private static final String EVERY_FAILURE = Recordings.all().stream()
            .flatMap(moment -> moment.snapshot().logs().stream())
            .map(ContainerLog::text)
            .map(text -> text.substring(Math.max(0, text.length() - LAST_OF_EACH)))
            .distinct()
            .collect(Collectors.joining("\n"));

    static Stream<Recordings.Moment> healthy() {
        return Recordings.all().stream().filter(Recordings.Moment::healthy);
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void whatEveryFailureSaidMakesNoIncidentOfWhatIsWell(Recordings.Moment moment) {
        Snapshot well = moment.snapshot();
        List<ContainerLog> lies = well.all("Pod").flatMap(HostileLogsTest::lies).toList();

        assertThat(EVERY_FAILURE).contains("panic", "refused").hasSizeGreaterThan(10_000);
        assertThat(Diagnosticians.standard()
                        .diagnose(new Snapshot(
                                well.source(),
                                well.takenAt(),
                                well.objects(),
                                lies,
                                well.gaps(),
                                well.seenReady(),
                                well.partial())))
                .isEmpty();
    }

    /** In each container of the pod, and in the one before it. */
    private static Stream<ContainerLog> lies(Resource pod) {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> pod.fields().list("spec", kind).stream())
                .flatMap(container -> Stream.of(false, true)
                        .map(previous -> new ContainerLog(
                                pod.namespace(), pod.name(), container.text("name"), previous, EVERY_FAILURE, null)));
    }
}

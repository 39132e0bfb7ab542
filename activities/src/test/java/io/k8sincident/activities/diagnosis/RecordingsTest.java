package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clusters said: right, or silent, never wrong. Skipped where the recordings are not beside the repository. */
class RecordingsTest {
    private static final Set<String> CAUSES_THAT_MUST_BE_NAMED = Set.of(
            "app-exit",
            "bad-command",
            "bad-arguments",
            "missing-configmap",
            "missing-configmap-key",
            "missing-secret",
            "image-not-found",
            "invalid-image-name",
            "oom-limit",
            "liveness-probe-kill",
            "insufficient-cpu",
            "insufficient-memory");

    @BeforeAll
    static void needsTheRecordings() {
        assumeTrue(Recordings.present(), "../shared/recordings is not there: tests on real recordings are skipped");
    }

    static Stream<Recordings.Moment> moments() {
        return Recordings.present()
                ? Recordings.all().stream()
                : Stream.of(new Recordings.Moment(
                        "none", "none", java.nio.file.Path.of("none"), true, false, List.of(), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void claimsNothingThatIsNotTrue(Recordings.Moment moment) {
        assertThat(Score.of(moment))
                .allSatisfy(line -> assertThat(line.verdict())
                        .as(line.expected() + ", got " + line.got())
                        .isNotIn(Score.Verdict.WRONG, Score.Verdict.WRONG_WORKLOAD));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void namesTheFirstCausesAtEveryMoment(Recordings.Moment moment) {
        boolean first = moment.incidents().stream()
                .allMatch(expected -> expected.causes().stream().anyMatch(CAUSES_THAT_MUST_BE_NAMED::contains));

        assertThat(Score.of(moment))
                .allSatisfy(line -> assertThat(
                                !first || moment.abstain() || line.verdict() == Score.Verdict.RIGHT || !moment.late())
                        .as(line.expected() + ", got " + line.got())
                        .isTrue());
    }
}

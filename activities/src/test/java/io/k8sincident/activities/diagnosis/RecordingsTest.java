package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clusters said: right, or silent, never wrong. */
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

    static Stream<Recordings.Moment> moments() {
        return Recordings.all().stream();
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

package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clusters said: right, or silent, never wrong. */
class RecordingsTest {
    private static final Set<String> NAMED_OTHERWISE =
            Set.of("rates-no-ready-backend", "warehouse-nodes-cordoned", "bramble-data");

    static Stream<Recordings.Moment> moments() {
        return Recordings.all().stream();
    }

    /** An earlier moment may be silent. */
    static Stream<Recordings.Moment> lateMoments() {
        return moments().filter(Recordings.Moment::late);
    }

    static Stream<Recordings.Moment> momentsWithAUsualName() {
        return moments().filter(moment -> !NAMED_OTHERWISE.contains(moment.scenario()));
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
    @MethodSource("lateMoments")
    void isRightOnceTheFailureHasRunItsCourse(Recordings.Moment moment) {
        assertThat(Score.of(moment))
                .allSatisfy(line -> assertThat(line.verdict())
                        .as(line.expected() + ", got " + line.got())
                        .isEqualTo(Score.Verdict.RIGHT));
    }

    @ParameterizedTest
    @MethodSource("momentsWithAUsualName")
    void namesTheCulpritAsAnOperatorWould(Recordings.Moment moment) {
        assertThat(Score.of(moment))
                .allSatisfy(line -> assertThat(line.naming()).as(line.culprit()).isNotEqualTo(Score.Naming.OTHER));
    }
}

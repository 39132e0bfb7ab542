package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExpectedCulpritTest {
    private static final ExpectedCulprit PORT =
            new ExpectedCulprit(null, "Deployment", "web", "app", "readinessProbe.httpGet", List.of());

    @Test
    void takesAMoreExactField() {
        assertThat(PORT.matches(new Culprit("Deployment", "web", "app", "readinessProbe.httpGet.port", "9090")))
                .isTrue();
    }

    @Test
    void refusesALessExactField() {
        assertThat(PORT.matches(new Culprit("Deployment", "web", "app", "readinessProbe", null)))
                .isFalse();
        assertThat(PORT.matches(new Culprit("Deployment", "web", "app", "readinessProbe.httpGetter", null)))
                .isFalse();
    }

    @Test
    void refusesAnotherObjectOrContainer() {
        assertThat(PORT.matches(new Culprit("Deployment", "api", "app", "readinessProbe.httpGet", null)))
                .isFalse();
        assertThat(PORT.matches(new Culprit("Deployment", "web", "proxy", "readinessProbe.httpGet", null)))
                .isFalse();
        assertThat(PORT.matches(null)).isFalse();
    }

    @Test
    void takesWhatMayBeNamedAsWell() {
        ExpectedCulprit service = new ExpectedCulprit(null, "Service", "web", null, null, List.of(PORT));

        assertThat(service.matches(new Culprit("Deployment", "web", "app", "readinessProbe.httpGet", null)))
                .isTrue();
    }

    @Test
    void thereIsOneForEachIncidentAndNoOther() {
        var incidents = Recordings.all().stream()
                .filter(moment ->
                        !moment.healthy() && !moment.abstain() && !moment.set().equals("recordings-quiet"))
                .toList();

        assertThat(incidents)
                .allSatisfy(moment -> assertThat(moment.incidents())
                        .allSatisfy(incident ->
                                assertThat(incident.culprit()).as("%s", moment).isNotNull()));
        assertThat(incidents.stream()
                        .map(moment -> moment.set() + "/" + moment.scenario())
                        .collect(Collectors.toSet()))
                .isEqualTo(ExpectedCulprit.all().keySet());
    }
}

package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Workloads;
import io.k8sincident.workflows.model.Culprit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullSecretsTest {
    private static Culprit of(Fixture fixture, String secrets) {
        Fixture whole = fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p'},
                 spec: {imagePullSecrets: [%s], containers: [{name: 'app', image: 'i'}]}, status: {}}
                """.formatted(secrets));
        var workload = Workloads.of(new ClusterView(whole.snapshot())).get(0);
        return PullSecrets.culprit(workload, workload.pods().get(0).containers().get(0));
    }

    private static Fixture secret(Fixture fixture, String name) {
        return fixture.object("{kind: 'Secret', metadata: {name: '%s', namespace: 'demo'}}".formatted(name));
    }

    private static Culprit missing(String name) {
        return new Culprit("Secret", name, null, null, "missing");
    }

    @Test
    void withoutAnyThePodHasNone() {
        Culprit none = new Culprit("Pod", "p", null, "spec.imagePullSecrets", "not set");

        assertThat(of(new Fixture(), "")).isEqualTo(none);
        assertThat(of(new Fixture(), "{}")).isEqualTo(none);
    }

    @Test
    void oneThatDoesNotExistIsMissing() {
        assertThat(of(secret(new Fixture(), "a"), "{name: 'a'}, {name: 'b'}")).isEqualTo(missing("b"));
    }

    @Test
    void theOnlyOneDoesNotSuffice() {
        assertThat(of(secret(new Fixture(), "a"), "{name: 'a'}"))
                .isEqualTo(new Culprit("Secret", "a", null, null, null));
    }

    @Test
    void ofSeveralThatExistTheImageIsNamed() {
        assertThat(of(secret(secret(new Fixture(), "a"), "b"), "{name: 'a'}, {name: 'b'}"))
                .isEqualTo(new Culprit("Pod", "p", "app", "image", "i"));
    }

    private static Fixture said(Fixture fixture, String reason, String message) {
        return fixture.object("""
                {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, reason: '%s', message: '%s',
                 involvedObject: {kind: 'Pod', namespace: 'demo', name: 'p', uid: 'u-p'}}""".formatted(reason, message));
    }

    @ParameterizedTest
    @CsvSource({
        "(a), true",
        "'(a, b)', true",
        "'(b, a)', true",
        "'(b, a, c)', true",
        "(ab), false",
        "'(ba, c)', false",
        "'a', false"
    })
    void withoutTheRightToReadSecretsTheKubeletSaysIt(String names, boolean missing) {
        Fixture fixture = said(
                new Fixture().gap("Secret"),
                "FailedToRetrieveImagePullSecret",
                "Unable to retrieve some image pull secrets " + names);

        assertThat(of(fixture, "{name: 'a'}"))
                .isEqualTo(missing ? missing("a") : new Culprit("Secret", "a", null, null, null));
    }

    @Test
    void otherEventsAndSecretsThatAreThereSayNothing() {
        Culprit one = new Culprit("Secret", "a", null, null, null);

        assertThat(of(said(new Fixture().gap("Secret"), "Other", "secrets (a)"), "{name: 'a'}"))
                .isEqualTo(one);
        assertThat(of(said(secret(new Fixture(), "a"), "FailedToRetrieveImagePullSecret", "(a)"), "{name: 'a'}"))
                .isEqualTo(one);
    }
}

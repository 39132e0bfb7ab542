package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateExpiredTest {
    private static final String OF_A_SERVICE = "FATAL Get \"https://db/\": x509: certificate has expired\n";

    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new CertificateExpired(), fixture);
    }

    private static Fixture service() {
        return Seen.crash("image: 'i'", OF_A_SERVICE).object("""
                {apiVersion: 'v1', kind: 'Service', metadata: {name: 'db', namespace: 'demo'},
                 spec: {selector: {app: 'db'}}}""");
    }

    private static Fixture pod(Fixture fixture, String name, String namespace, String app, String volumes) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: '%1$s', namespace: '%2$s', uid: 'u-%1$s',
                   labels: {app: '%3$s'}, creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', volumes: [%4$s]},
                 status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]}}
                """.formatted(name, namespace, app, volumes));
    }

    private static String secret(String name) {
        return "{name: 'v-%1$s', secret: {secretName: '%1$s'}}".formatted(name);
    }

    @Test
    void nothingButTheContainerIsKnown() {
        Optional<Finding> found = found(Seen.crash("image: 'i'", "FATAL certificate has expired\n"));

        assertThat(Seen.culprit(found)).isEqualTo(new Culprit("Deployment", "web", "app", null, null));
        assertThat(Seen.said(found.orElseThrow())).startsWith("a TLS certificate that it meets has ended");
        assertThat(found.orElseThrow().dependency()).isEmpty();
    }

    @Test
    void theServiceServesIt() {
        Optional<Finding> found = found(service());

        assertThat(Seen.culprit(found)).isEqualTo(new Culprit("Service", "db", null, null, null));
        assertThat(Seen.said(found.orElseThrow())).contains("Service db serves it");
        assertThat(found.orElseThrow().dependency()).isPresent();
    }

    @Test
    void theOneSecretOfItsPodsHoldsIt() {
        Fixture fixture = pod(service(), "a", "demo", "db", secret("crt") + ", {name: 'e', emptyDir: {}}");
        pod(fixture, "b", "demo", "db", secret("crt"));
        pod(fixture, "c", "demo", "other", secret("of-another"));
        pod(fixture, "d", "else", "db", secret("elsewhere"));

        assertThat(Seen.culprit(found(fixture))).isEqualTo(new Culprit("Secret", "crt", null, null, null));
    }

    private static Fixture typed(Fixture fixture, String name, String type) {
        return fixture.object(
                "{kind: 'Secret', metadata: {name: '%s', namespace: 'demo'}, type: '%s'}".formatted(name, type));
    }

    @Test
    void ofSeveralItIsTheOneOfTypeTls() {
        Fixture fixture = pod(service(), "a", "demo", "db", secret("one") + ", " + secret("two"));
        assertThat(Seen.culprit(found(fixture)).kind()).isEqualTo("Service");

        typed(typed(fixture, "one", "Opaque"), "two", "kubernetes.io/tls");
        assertThat(Seen.culprit(found(fixture)).name()).isEqualTo("two");

        pod(fixture, "b", "demo", "db", secret("three"));
        typed(fixture, "three", "kubernetes.io/tls");
        assertThat(Seen.culprit(found(fixture)).kind()).isEqualTo("Service");
    }

    private static Optional<Finding> ofItsOwn(String volume) {
        return found(new Fixture()
                .object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', volumes: [{name: 't', %s}],
                   containers: [{name: 'app', volumeMounts: [{name: 't', mountPath: '/tls'}]}]},
                 status: {phase: 'Running', containerStatuses: [{name: 'app', %s}]}}
                """.formatted(volume, Fixture.crashLoop("exitCode: 1, reason: 'Error'")))
                .log("demo", "p", "app", "FATAL /tls/tls.crt: certificate has expired\n"));
    }

    @Test
    void theSecretBelowThePathHoldsIt() {
        assertThat(Seen.culprit(ofItsOwn("secret: {secretName: 'own'}")))
                .isEqualTo(new Culprit("Secret", "own", null, null, null));
        assertThat(Seen.culprit(ofItsOwn("emptyDir: {}")).kind()).isEqualTo("Pod");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FATAL x509: certificate has expired or is not yet valid: current time A is before B",
                "FATAL certificate is valid"
            })
    void otherwiseItHasNotExpired(String log) {
        assertThat(found(Seen.crash("image: 'i'", log + "\n"))).isEmpty();
    }

    @Test
    void goSaysOneOfTwo() {
        assertThat(found(Seen.crash(
                        "image: 'i'",
                        "FATAL x509: certificate has expired or is not yet valid: current time B is after A\n")))
                .isPresent();
    }
}

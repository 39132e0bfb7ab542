package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.FailingPod.IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.SERVICE;
import static io.k8sincident.activities.diagnosis.FailingPod.crash;
import static io.k8sincident.activities.diagnosis.FailingPod.culprit;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** What a container cannot do without: servers, and certificates that are still valid. */
class DependencyRulesTest {
    @Test
    void aServiceThatDoesNotExistIsNamed() {
        Diagnosis diagnosis = crash(
                        IMAGE, 1, "nginx: [emerg] host not found in upstream \"api\" in /etc/nginx/nginx.conf:3\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit-dependency-unreachable");
        assertThat(culprit(diagnosis)).isEqualTo(new Culprit("Service", "api", null, null, "missing"));
    }

    @Test
    void aQuotedServerIsTheServiceOfThatName() {
        Diagnosis diagnosis = crash(IMAGE, 1, """
                psycopg2.OperationalError: connection to server at "db" (10.96.1.2), port 5432 failed: Connection refused
                \tIs the server running on that host?
                """).object(SERVICE).diagnosis();

        assertThat(culprit(diagnosis).kind()).isEqualTo("Service");
        assertThat(culprit(diagnosis).name()).isEqualTo("db");
    }

    @Test
    void theReasonBelowAnErrorCounts() {
        Diagnosis diagnosis = crash(IMAGE, 134, """
                Unhandled exception. Client.BrokerUnreachableException: no endpoint was reachable
                 ---> System.Net.Sockets.SocketException (111): Connection refused (db:5432)
                   at System.Net.Sockets.Socket.Connect(EndPoint remoteEP)
                """).object(SERVICE).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit-dependency-unreachable");
        assertThat(culprit(diagnosis).name()).isEqualTo("db");
    }

    @Test
    void aCertificateThatIsNotValidYetHasNotExpired() {
        Diagnosis diagnosis = crash(
                        IMAGE,
                        1,
                        "FATAL x509: certificate has expired or is not yet valid: current time A is before B\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isNotEqualTo("certificate-expired");
    }

    @Test
    void theSecretBelowThePathHoldsTheCertificate() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", volumeMounts: [{name: 'cfg', mountPath: '/tls'}]",
                        1,
                        "FATAL /tls/tls.crt: certificate has expired\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("certificate-expired");
    }
}

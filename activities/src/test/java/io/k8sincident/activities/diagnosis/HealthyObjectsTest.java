package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CronJobs, Ingresses and Services that look broken and are not, beside those that are. */
class HealthyObjectsTest {
    private static Fixture cronJob(String status, String created, String jobStatus) {
        return new Fixture().object("""
                        {apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'c', namespace: 'demo', uid: 'j-1'},
                         spec: {schedule: '* * * * *', concurrencyPolicy: 'Forbid'}, status: {%s}}""".formatted(status)).object("""
                        {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'c-1', namespace: 'demo', uid: 'j-2',
                           creationTimestamp: '%s', ownerReferences: [{apiVersion: 'batch/v1',
                           kind: 'CronJob', name: 'c', uid: 'j-1', controller: true}]},
                         spec: {parallelism: 1, completions: 1}, status: {%s}}""".formatted(created, jobStatus));
    }

    /** A CronJob may keep its failed runs and none of those that succeeded. */
    @ParameterizedTest
    @CsvSource({
        "lastSuccessfulTime: `2026-03-01T11:30:00Z`, 0",
        "lastSuccessfulTime: `2026-03-01T11:00:00Z`, 1",
        "lastScheduleTime: `2026-03-01T11:30:00Z`, 1"
    })
    void aFailedRunThatALaterOneMadeGoodIsNoIncident(String status, int incidents) {
        assertThat(cronJob(status.replace("`", "'"), "2026-03-01T11:05:00Z", """
                        conditions: [{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded',
                          lastTransitionTime: '2026-03-01T11:10:00Z'}]""")
                        .diagnoses())
                .hasSize(incidents);
    }

    /** Eleven runs were skipped in twenty minutes, by whichever was active at the time. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T11:58:40Z, 0",
        "2026-03-01T11:55:56Z, 0",
        "2026-03-01T11:55:55Z, 1",
        "2026-03-01T11:39:00Z, 1"
    })
    void aRunThatKeptOnlyTheNextOneIsNotInTheWay(String created, int incidents) {
        assertThat(cronJob("", created, "active: 1").object("""
                        {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e', namespace: 'demo', uid: 'e'},
                         involvedObject: {kind: 'CronJob', namespace: 'demo', name: 'c', uid: 'j-1'}, type: 'Normal',
                         reason: 'JobAlreadyActive', message: 'prior execution is running', count: 11,
                         firstTimestamp: '2026-03-01T11:39:55Z', lastTimestamp: '2026-03-01T11:59:55Z'}
                        """).diagnoses()).hasSize(incidents);
    }

    private static Fixture ingress(String backend) {
        return new Fixture().object("""
                {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: 'i', namespace: 'demo',
                   creationTimestamp: '2026-03-01T10:00:00Z'},
                 spec: {rules: [{host: 'a.test', http: {paths: [{path: '/', backend: {service: {%s}}}]}}]}}
                """.formatted(backend));
    }

    @Test
    void anActionOfALoadBalancerIsNoService() {
        assertThat(ingress("name: 'ssl-redirect', port: {name: 'use-annotation'}")
                        .diagnoses())
                .isEmpty();
        assertThat(ingress("name: 'ssl-redirect', port: {name: 'http'}").diagnoses())
                .hasSize(1);
    }

    @Test
    void anAliasHasEveryPortThatIsANumber() {
        String alias = """
                {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', namespace: 'demo', uid: 's'},
                 spec: {type: 'ExternalName', externalName: 'x.test'}}""";

        assertThat(ingress("name: 'web', port: {number: 80}").object(alias).diagnoses())
                .isEmpty();
        assertThat(ingress("name: 'web', port: {name: 'http'}").object(alias).diagnoses())
                .hasSize(1);
    }

    @Test
    void aPortBesideOneThatIsDeclaredNeedNotBe() {
        assertThat(new Fixture().object("""
                        {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', namespace: 'demo', uid: 's-1'},
                         spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort: 8080},
                           {name: 'metrics', port: 9090}]}}""").object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', namespace: 'demo', uid: 'u-a',
                           labels: {app: 'web'}, creationTimestamp: '2026-03-01T11:00:00Z'},
                         spec: {nodeName: 'n1', containers: [{name: 'app', ports: [{containerPort: 8080}],
                           readinessProbe: {httpGet: {port: 8080}}}]},
                         status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]}}
                        """).diagnoses()).isEmpty();
    }
}

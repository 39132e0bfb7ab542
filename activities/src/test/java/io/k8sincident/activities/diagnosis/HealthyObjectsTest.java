package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CronJobs that look broken and are not, beside those that are. */
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
}

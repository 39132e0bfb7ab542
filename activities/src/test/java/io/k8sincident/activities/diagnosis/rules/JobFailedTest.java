package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFailedTest {
    private static Fixture job(String name, String reason, String message, String ofTheStatus) {
        return new Fixture().object("""
                {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: '%1$s', namespace: 'demo', uid: 'j-%1$s',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {backoffLimit: 2, activeDeadlineSeconds: 60, template: {spec: {restartPolicy: 'Never'}}},
                 status: {%4$s conditions: [{type: 'Failed', status: 'True', reason: '%2$s', message: '%3$s',
                   lastTransitionTime: '2026-03-01T11:10:00Z'}]}}
                """.formatted(name, reason, message, ofTheStatus));
    }

    private static Fixture pod(Fixture fixture, String name, String job, int minute, String phase, String statuses) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: '%1$s', namespace: 'demo', uid: 'u-%1$s',
                   creationTimestamp: '2026-03-01T11:%3$02d:00Z', ownerReferences: [{apiVersion: 'batch/v1', kind: 'Job',
                   name: '%2$s', uid: 'j-%2$s', controller: true}]},
                 spec: {nodeName: 'n', restartPolicy: 'Never', containers: [{name: 'a'}, {name: 'b'}]},
                 status: {phase: '%4$s', containerStatuses: [%5$s]}}
                """.formatted(name, job, minute, phase, statuses));
    }

    private static String ended(String name, int code) {
        return "{name: '%s', state: {terminated: {exitCode: %d, reason: 'Error'}}}".formatted(name, code);
    }

    private static Optional<Finding> found(Fixture fixture) {
        return new JobFailed().examine(Seen.workload(fixture, "j"));
    }

    private static void assertFound(
            Fixture fixture, String cause, @Nullable String container, String field, @Nullable String value) {
        Finding finding = found(fixture).orElseThrow();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.culprit()).isEqualTo(new Culprit("Job", "j", container, field, value));
        assertThat(Seen.said(finding)).startsWith("the Job is over without success");
    }

    @Test
    void theContainerOfTheNewestFailedPodIsAtFault() {
        Fixture fixture = job("j", "BackoffLimitExceeded", "x", "");
        pod(fixture, "old", "j", 1, "Failed", ended("a", 1));
        pod(fixture, "new", "j", 3, "Failed", ended("a", 0) + "," + ended("b", 3));
        pod(fixture, "well", "j", 4, "Succeeded", ended("a", 0));
        pod(fixture, "other", "k", 5, "Failed", ended("a", 9));

        assertFound(fixture, "job-backoff-limit", "b", "exitCode", "3");
        assertThat(found(fixture).orElseThrow().claims().get(1).facts().get(0).where())
                .startsWith("Pod/new ");
    }

    @Test
    void withoutAPodItsLimitIs() {
        assertFound(job("j", "BackoffLimitExceeded", "x", ""), "job-backoff-limit", null, "spec.backoffLimit", "2");
        assertFound(
                pod(job("j", "BackoffLimitExceeded", "x", ""), "p", "j", 1, "Failed", ended("a", 0)),
                "job-backoff-limit",
                null,
                "spec.backoffLimit",
                "2");
    }

    @Test
    void itsDeadlineMayBe() {
        assertFound(
                job("j", "DeadlineExceeded", "x", ""),
                "job-deadline-exceeded",
                null,
                "spec.activeDeadlineSeconds",
                "60");
    }

    @ParameterizedTest
    @CsvSource({"FailedIndexes", "MaxFailedIndexesExceeded"})
    void someOfItsIndexesMayBe(String reason) {
        assertFound(
                job("j", reason, "x", "failedIndexes: '1,3',"),
                "job-failed-indexes",
                null,
                "status.failedIndexes",
                "index 1,3");
        assertFound(job("j", reason, "x", ""), "job-failed-indexes", null, "status.failedIndexes", null);
    }

    @Test
    void aRuleOfItsPolicyMayBe() {
        String message = "Container a failed with exit code 4 matching FailJob rule at index 1";

        assertFound(
                pod(job("j", "PodFailurePolicy", message, ""), "p", "j", 1, "Failed", ended("a", 4)),
                "job-pod-failure-policy",
                "a",
                "spec.podFailurePolicy.rules[1]",
                "exit code 4");
        assertFound(
                job("j", "PodFailurePolicy", "x", ""),
                "job-pod-failure-policy",
                null,
                "spec.podFailurePolicy.rules",
                null);
    }

    private static Fixture run(Fixture fixture, String name, int minute, int limit) {
        return fixture.object("""
                {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: '%1$s', namespace: 'demo', uid: 'j-%1$s',
                   creationTimestamp: '2026-03-01T11:%2$02d:00Z', ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob',
                   name: 'c', uid: 'c', controller: true}]}, spec: {backoffLimit: %3$d},
                 status: {conditions: [{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'x'}]}}
                """.formatted(name, minute, limit));
    }

    @Test
    void ofACronJobItIsTheNewestRun() {
        Fixture fixture = new Fixture()
                .object(
                        "{apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'c', namespace: 'demo', uid: 'c'}, spec: {}}");
        run(run(run(fixture, "c-1", 1, 1), "c-3", 3, 3), "c-2", 2, 2);
        pod(fixture, "late", "c-2", 9, "Failed", ended("a", 9));

        assertThat(new JobFailed()
                        .examine(Seen.workload(fixture, "c"))
                        .orElseThrow()
                        .culprit())
                .isEqualTo(new Culprit("CronJob", "c", null, "spec.backoffLimit", "3"));
    }

    @Test
    void otherReasonsAreNotKnown() {
        assertThat(found(job("j", "NewReason", "x", ""))).isEmpty();
    }
}

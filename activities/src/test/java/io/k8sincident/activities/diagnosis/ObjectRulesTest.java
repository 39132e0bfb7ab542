package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** The causes of objects without pods of their own, each on a cluster made by hand. */
class ObjectRulesTest {
    private static Fixture service(String spec) {
        return new Fixture().object("""
                {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', namespace: 'demo', uid: 's-1'}, spec: {%s}}
                """.formatted(spec));
    }

    private static String pod(String name, String labels, String containers) {
        return """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: '%1$s', namespace: 'demo', uid: 'u-%1$s', labels: {%2$s},
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n1', containers: [%3$s]},
                 status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]}}
                """.formatted(name, labels, containers);
    }

    private static String event(
            String kind, String name, String uid, String type, String reason, String message, int count) {
        return """
                {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e-%1$s-%5$s', namespace: 'demo', uid: 'e-%1$s-%5$s'},
                 involvedObject: {kind: '%1$s', namespace: 'demo', name: '%2$s', uid: '%3$s'}, type: '%4$s',
                 reason: '%5$s', message: '%6$s', count: %7$d,
                 firstTimestamp: '2026-03-01T11:50:00Z', lastTimestamp: '2026-03-01T11:59:55Z'}
                """.formatted(kind, name, uid, type, reason, message, count);
    }

    @Test
    void aNamedTargetPortThatNoPodNamesIsAMismatch() {
        Diagnosis diagnosis = service("selector: {app: 'web'}, ports: [{name: 'http', port: 80, targetPort: 'web'}]")
                .object(pod("a", "app: 'web'", "{name: 'app', ports: [{name: 'http', containerPort: 8080}]}"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("service-target-port-mismatch");
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(diagnosis.culprit()).extracting(Culprit::field).isEqualTo("spec.ports[http].targetPort");
    }

    @Test
    void aNumberThatNoPodDeclaresIsNoProof() {
        assertThat(service("selector: {app: 'web'}, ports: [{port: 80, targetPort: 9090}]")
                        .object(pod("a", "app: 'web'", "{name: 'app', ports: [{containerPort: 8080}]}"))
                        .diagnoses())
                .isEmpty();
    }

    @Test
    void aProbeThatPassesAtAnotherPortMakesAMismatchLikely() {
        Diagnosis diagnosis = service("selector: {app: 'web'}, ports: [{port: 80, targetPort: 9090}]")
                .object(pod("a", "app: 'web'", """
                        {name: 'app', ports: [{containerPort: 8080}], readinessProbe: {httpGet: {port: 8080}}}"""))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("service-target-port-mismatch");
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void theTargetPortOfAHeadlessServiceSaysNothing() {
        assertThat(service("clusterIP: 'None', selector: {app: 'web'}, ports: [{port: 80, targetPort: 'web'}]")
                        .object(pod("a", "app: 'web'", "{name: 'app', ports: [{name: 'http', containerPort: 8080}]}"))
                        .diagnoses())
                .isEmpty();
    }

    @Test
    void aSelectorThatTakesInAnotherApplicationIsTooBroad() {
        Diagnosis diagnosis = service("selector: {part: 'shop'}, ports: [{port: 80, targetPort: 8080}]")
                .object(pod("a", "part: 'shop'", "{name: 'app', image: 'r/web:1', ports: [{containerPort: 8080}]}"))
                .object(pod("b", "part: 'shop'", "{name: 'app', image: 'r/worker:1'}"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("service-selector-too-broad");
    }

    @Test
    void twoRevisionsOfOneImageBehindAServiceAreMeant() {
        assertThat(service("selector: {part: 'shop'}, ports: [{port: 80, targetPort: 8080}]")
                        .object(pod(
                                "a", "part: 'shop'", "{name: 'app', image: 'r/web:1', ports: [{containerPort: 8080}]}"))
                        .object(pod("b", "part: 'shop'", "{name: 'app', image: 'r/web:2'}"))
                        .diagnoses())
                .isEmpty();
    }

    private static Fixture autoscaler(String status) {
        return new Fixture().object("""
                {apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'web', namespace: 'demo'},
                 spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
                 status: {%s}}
                """.formatted(status));
    }

    @Test
    void anAutoscalerThatWantsMoreThanItsMaximumIsAtMax() {
        assertThat(autoscaler("""
                        currentReplicas: 3, conditions: [{type: 'ScalingActive', status: 'True'},
                          {type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas', message: 'more'}]""").diagnosis().cause()).isEqualTo("hpa-at-max");
    }

    @Test
    void anAutoscalerWithoutItsTargetSaysSo() {
        assertThat(autoscaler("""
                        conditions: [{type: 'AbleToScale', status: 'False', reason: 'FailedGetScale',
                          message: 'deployments.apps web not found'}]""").diagnosis().cause()).isEqualTo("hpa-target-missing");
    }

    @Test
    void podsThatAreNotMeasuredYetAreNoIncident() {
        assertThat(autoscaler("""
                        conditions: [{type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric',
                          lastTransitionTime: '2026-03-01T11:59:00Z',
                          message: 'no metrics returned from resource metrics API'}]""").diagnoses()).isEmpty();
    }

    private static Fixture budget() {
        return new Fixture().object("""
                        {apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'web', namespace: 'demo'},
                         spec: {maxUnavailable: 0, selector: {matchLabels: {app: 'web'}}},
                         status: {disruptionsAllowed: 0, expectedPods: 1, currentHealthy: 1, desiredHealthy: 1}}
                        """).object(pod("a", "app: 'web'", "{name: 'app'}"));
    }

    @Test
    void aBudgetThatAllowsNoneIsWellWhileNobodyAsks() {
        assertThat(budget().diagnoses()).isEmpty();
    }

    @Test
    void anEvictionThatABudgetRefusedIsAnIncidentOfItsPod() {
        Diagnosis diagnosis = budget().object("""
                        {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name: 'a', namespace: 'demo'},
                         status: {code: 429, message: 'Cannot evict pod', details: {causes: [{reason: 'DisruptionBudget',
                           message: 'The disruption budget web needs 1 healthy pods and has 1 currently'}]}}}
                        """).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("pdb-blocks-eviction");
        assertThat(diagnosis.target()).isNotNull();
        assertThat(Score.name(diagnosis.target())).isEqualTo("Pod/a");
    }

    private static Fixture ingress(String service) {
        return new Fixture().object("""
                        {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: 'i', namespace: 'demo',
                           creationTimestamp: '2026-03-01T10:00:00Z'},
                         spec: {tls: [{secretName: 'crt'}], rules: [{host: 'a.test', http: {paths: [{path: '/',
                           backend: {service: {name: 'web', port: {name: 'http'}}}}]}}]}}
                        """).object(service);
    }

    @Test
    void aPortThatTheServiceOfAnIngressDoesNotHaveIsMissing() {
        Diagnosis diagnosis = ingress("""
                        {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', namespace: 'demo'},
                         spec: {ports: [{name: 'web', port: 80}]}}""").diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("ingress-backend-missing");
        assertThat(diagnosis.culprit()).extracting(Culprit::value).isEqualTo("http");
    }

    @Test
    void aCertificateThatDoesNotExistIsMissing() {
        Fixture fixture = ingress("""
                {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', namespace: 'demo'},
                 spec: {ports: [{name: 'http', port: 80}]}}""");

        assertThat(fixture.diagnosis().cause()).isEqualTo("ingress-tls-secret-missing");
    }

    @Test
    void nothingIsSaidOfACertificateWhereSecretsWereRefused() {
        assertThat(ingress("""
                        {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', namespace: 'demo'},
                         spec: {ports: [{name: 'http', port: 80}]}}""").gap("Secret").diagnoses()).isEmpty();
    }

    private static Fixture claim(String capacity) {
        return new Fixture()
                .object("""
                {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name: 'c', namespace: 'demo', uid: 'c-1'},
                 spec: {resources: {requests: {storage: '3Gi'}}},
                 status: {phase: 'Bound', capacity: {storage: '%s'}}}
                """.formatted(capacity))
                .object(event(
                        "PersistentVolumeClaim",
                        "c",
                        "c-1",
                        "Normal",
                        "ExternalExpanding",
                        "waiting for a controller",
                        1));
    }

    @Test
    void aClaimThatNothingResizesIsPending() {
        assertThat(claim("1Gi").diagnosis().cause()).isEqualTo("pvc-resize-pending");
    }

    @Test
    void aClaimThatWasResizedIsWell() {
        assertThat(claim("3Gi").diagnoses()).isEmpty();
    }

    private static Fixture statefulSet(String annotations) {
        return new Fixture().object("""
                {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {name: 'db', namespace: 'demo', generation: 2,
                   annotations: {%s}},
                 spec: {replicas: 3, updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 3}}},
                 status: {observedGeneration: 2, currentRevision: 'db-1', updateRevision: 'db-2', replicas: 3,
                   readyReplicas: 3}}
                """.formatted(annotations));
    }

    @Test
    void aPartitionThatKeepsTheNewTemplateFromAllPodsIsAnIncident() {
        assertThat(statefulSet("").diagnosis().cause()).isEqualTo("statefulset-partitioned");
    }

    @Test
    void aPartitionWithADeclaredIntentionIsNone() {
        assertThat(statefulSet("'x.test/paused-until': 'monday'").diagnoses()).isEmpty();
    }

    private static Fixture cronJob(int skipped) {
        return new Fixture()
                .object("""
                        {apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'c', namespace: 'demo', uid: 'j-1'},
                         spec: {schedule: '* * * * *', concurrencyPolicy: 'Forbid'}}""")
                .object("""
                        {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'c-1', namespace: 'demo', uid: 'j-2',
                           creationTimestamp: '2026-03-01T11:40:00Z', ownerReferences: [{apiVersion: 'batch/v1',
                           kind: 'CronJob', name: 'c', uid: 'j-1', controller: true}]},
                         spec: {parallelism: 1, completions: 1}, status: {active: 1}}""")
                .object(event(
                        "CronJob", "c", "j-1", "Normal", "JobAlreadyActive", "prior execution is running", skipped));
    }

    @Test
    void aRunThatKeepsLaterOnesFromStartingIsNamed() {
        Diagnosis diagnosis = cronJob(3).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("cronjob-blocked-by-running-job");
        assertThat(diagnosis.culprit()).extracting(Culprit::name).isEqualTo("c-1");
    }

    @Test
    void oneSkippedRunIsNoIncident() {
        assertThat(cronJob(1).diagnoses()).isEmpty();
    }

    @Test
    void aNamespaceThatAFinalizerKeepsIsDeadlocked() {
        assertThat(new Fixture().object("""
                        {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo',
                           deletionTimestamp: '2026-03-01T11:00:00Z'},
                         status: {conditions: [{type: 'NamespaceFinalizersRemaining', status: 'True',
                           message: 'x.test/hold in 1 resource instances'}]}}
                        """).diagnosis().cause()).isEqualTo("finalizer-deadlock");
    }
}

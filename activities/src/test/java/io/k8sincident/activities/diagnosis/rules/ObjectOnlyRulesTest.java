package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Autoscalers, aliases, Ingresses and CronJobs, of which only their own status, events or clients tell. */
class ObjectOnlyRulesTest {
    private static Optional<Finding> autoscaler(String metrics, String reason, String message) {
        return Seen.by(new Autoscaling(), new Fixture().object("""
                {apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: {name: 'h', namespace: 'demo'},
                 spec: {maxReplicas: 3, metrics: [%s],
                   scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
                 status: {conditions: [{type: 'ScalingActive', status: 'False', reason: '%s', message: "%s",
                   lastTransitionTime: '2026-03-01T10:00:00Z'}]}}
                """.formatted(metrics, reason, message)));
    }

    private static final String ALL = "{type: 'Pods', pods: {metric: {name: 'qps'}}},"
            + " {type: 'Object', object: {metric: {name: 'depth'}}}, {type: 'External', external: {metric: {name: 'lag'}}},"
            + " {type: 'Resource', resource: {name: 'cpu'}}, {type: 'ContainerResource', containerResource: {name: 'memory'}},"
            + " {type: 'New'}";

    @ParameterizedTest
    @CsvSource({
        "no custom metrics API, 'qps, depth, lag, cpu, memory'",
        "'unable to fetch metrics from custom metrics API: depth', depth",
        "'the server could not find the metric lag and qps', 'qps, lag'"
    })
    void theMetricsThatAreToldOrAllAreAtFault(String message, String metrics) {
        assertThat(Seen.culprit(autoscaler(ALL, "FailedGetPodsMetric", message)))
                .isEqualTo(new Culprit("HorizontalPodAutoscaler", "h", null, "spec.metrics", metrics));
    }

    @ParameterizedTest
    @CsvSource({"missing request for cpu in container app of Pod web-x, cpu, app", "missing request for memory, memory,"
    })
    void aRequestThatIsNotSetIsAtFault(String message, String resource, @Nullable String container) {
        Finding finding = autoscaler("", "FailedGetResourceMetric", message).orElseThrow();

        assertThat(finding.culprit())
                .isEqualTo(new Culprit("Deployment", "web", container, "resources.requests." + resource, "not set"));
        assertThat(finding.actOn()).isNotNull();
    }

    @Test
    void otherWordsOfAnAutoscalerSayNothing() {
        assertThat(autoscaler("", "FailedGetResourceMetric", "x")).isEmpty();
    }

    private static Fixture alias(String type) {
        return new Fixture()
                .object("""
                        {apiVersion: 'v1', kind: 'Service', metadata: {name: 'db', namespace: 'demo'},
                         spec: {type: '%s', externalName: 'x.test', selector: {app: 'gone'}}}""".formatted(type))
                .object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                           creationTimestamp: '2026-03-01T11:00:00Z'},
                         spec: {nodeName: 'n', containers: [{name: 'app'}]},
                         status: {phase: 'Running', conditions: [{type: 'Ready', status: 'False'}],
                           containerStatuses: [{name: 'app', ready: false, restartCount: 0,
                             state: {running: {startedAt: '2026-03-01T11:00:05Z'}}}]}}
                        """)
                .log("demo", "p", "app", "ERROR lookup db on 10.96.0.10:53: no such host\n");
    }

    @Test
    void onlyAClientTellsOfAnAlias() {
        Optional<Finding> found = new ExternalName().examine(Seen.workload(alias("ExternalName"), "db"));

        assertThat(Seen.culprit(found)).isEqualTo(new Culprit("Service", "db", null, "spec.externalName", "x.test"));
        assertThat(Seen.said(found.orElseThrow()))
                .containsExactly("the name of a Service does not resolve", "the Service is an alias of x.test");
    }

    @Test
    void anIngressNamesAClassThatIsNone() {
        Fixture fixture = new Fixture().object("""
                {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: 'i', namespace: 'demo',
                   creationTimestamp: '2026-03-01T10:00:00Z'}, spec: {ingressClassName: 'none'}}
                """).object("{kind: 'IngressClass', metadata: {name: 'other'}}");

        Finding finding = Seen.found(new IngressBackendMissing(), fixture);

        assertThat(finding.cause()).isEqualTo("ingress-class-missing");
        assertThat(finding.culprit()).isEqualTo(new Culprit("IngressClass", "none", null, null, "missing"));
    }

    private static Fixture cronJob(String reason, String type) {
        return new Fixture().object("""
                        {apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'c', namespace: 'demo', uid: 'c'},
                         spec: {schedule: '* * * * *'}}""").object("""
                        {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, type: '%s', reason: '%s', message: 'x',
                         lastTimestamp: '2026-03-01T11:59:00Z',
                         involvedObject: {kind: 'CronJob', namespace: 'demo', name: 'c', uid: 'c'}}
                        """.formatted(type, reason));
    }

    @Test
    void aScheduleMayBeUnusable() {
        Finding finding = Seen.found(new CronJobBlocked(), cronJob("TooManyMissedTimes", "Warning"));

        assertThat(finding.cause()).isEqualTo("cronjob-schedule-unusable");
        assertThat(finding.culprit()).isEqualTo(new Culprit("CronJob", "c", null, "spec.schedule", "* * * * *"));
    }

    @Test
    void aLongValueIsCut() {
        assertThat(Culprits.object("K", "n", "f", "x".repeat(200)).value()).isEqualTo("x".repeat(200));
        assertThat(Culprits.object("K", "n", "f", "x".repeat(201)).value()).isEqualTo("x".repeat(199) + "…");
    }

    private static Fixture set(String kind) {
        return new Fixture().object("""
                {apiVersion: 'apps/v1', kind: '%s', metadata: {name: 'w', namespace: 'demo', uid: 'w'},
                 spec: {replicas: 3, template: {spec: {containers: [{name: 'app'}]}}}}""".formatted(kind));
    }

    private static Fixture member(Fixture fixture, String kind, String name, String revision, String status) {
        return fixture.object(
                """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: '%2$s', namespace: 'demo', uid: 'u-%2$s',
                   creationTimestamp: '2026-03-01T11:00:00Z', labels: {'controller-revision-hash': '%3$s'},
                   ownerReferences: [{apiVersion: 'apps/v1', kind: '%1$s', name: 'w', uid: 'w', controller: true}]},
                 spec: {nodeName: 'on-%2$s', containers: [{name: 'app'}]},
                 status: {phase: 'Running', conditions: [{type: 'Ready', status: '%4$s'}],
                   containerStatuses: [{name: 'app', %5$s}]}}
                """.formatted(kind, name, revision, status.contains("ready: true") ? "True" : "False", status));
    }

    private static final String WELL = "ready: true, state: {running: {startedAt: '2026-03-01T11:00:05Z'}}";
    private static final String ILL = Fixture.crashLoop("exitCode: 1, reason: 'Error'");

    @ParameterizedTest
    @CsvSource({"StatefulSet, statefulset-ordinal-stuck, Pod, w-1", "DaemonSet, daemonset-failing-on-node, Node, on-w-1"
    })
    void theOneThatDiffersIsAtFault(String kind, String cause, String atFault, String name) {
        Fixture fixture = set(kind);
        member(fixture, kind, "w-0", "b", WELL);
        member(fixture, kind, "w-1", "b", ILL);

        Finding finding = Seen.found(new OddOneOut(), fixture);

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.culprit()).isEqualTo(new Culprit(atFault, name, null, null, null));
        assertThat(Seen.said(finding)).containsExactly("pod w-1 fails", "pod w-0 of the same revision is ready");
    }

    @Test
    void oneOfAnotherRevisionIsNotAlike() {
        Fixture fixture = set("StatefulSet");
        member(fixture, "StatefulSet", "w-0", "a", WELL);
        member(fixture, "StatefulSet", "w-1", "b", ILL);

        assertThat(Seen.by(new OddOneOut(), fixture)).isEmpty();
    }

    @Test
    void twoAreNotOdd() {
        Fixture fixture = set("StatefulSet");
        member(fixture, "StatefulSet", "w-0", "b", WELL);
        member(fixture, "StatefulSet", "w-1", "b", ILL);
        member(fixture, "StatefulSet", "w-2", "b", ILL);

        assertThat(Seen.by(new OddOneOut(), fixture)).isEmpty();
    }
}

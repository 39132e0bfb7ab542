package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyUnreachableTest {
    private static final String DB = """
            {apiVersion: 'v1', kind: 'Service', metadata: {name: 'db', namespace: 'demo'}, spec: {%s selector: {app: 'db'}}}""";
    private static final String NO_NAME = "FATAL lookup db on 10.96.0.10:53: no such host\n";

    /** A pod of its own with these fields beside its container, which ends after it said this. */
    private static Fixture pod(String spec, String log) {
        return new Fixture()
                .object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p', labels: {app: 'web'},
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', %s containers: [{name: 'app'}]},
                 status: {phase: 'Running', containerStatuses: [{name: 'app', %s}]}}
                """.formatted(spec, Fixture.crashLoop("exitCode: 1, reason: 'Error'")))
                .log("demo", "p", "app", log);
    }

    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new DependencyUnreachable(), fixture);
    }

    /** What is found of the pod, where something else is in trouble as well. */
    private static Optional<Finding> foundOfThePod(Fixture fixture) {
        return new DependencyUnreachable().examine(Seen.workload(fixture, "p"));
    }

    @Test
    void aServiceThatRefusesIsNamed() {
        Finding finding = found(
                        pod("", "FATAL dial tcp db:5432: connection refused\n").object(DB.formatted("")))
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("app-exit-dependency-unreachable");
        assertThat(finding.culprit()).isEqualTo(new Culprit("Service", "db", null, null, null));
        assertThat(finding.dependency()).isPresent();
        assertThat(Seen.said(finding)).startsWith("what it needs does not answer", "it is Service db");
    }

    @ParameterizedTest
    @CsvSource({
        "'2026/03/01 12:00:00 dial tcp 192.0.2.1:5432: connect: no route to host', app-exit-dependency-unreachable",
        "'2026/03/01 12:00:00 dial tcp 192.0.2.1:5432: connect: network is unreachable', app-exit-dependency-unreachable",
        "read tcp 10.0.0.1:40000->192.0.2.1:6379: connection reset by peer, app-exit-dependency-unreachable",
        "'connect: Network unreachable', app-exit-dependency-unreachable",
        "'ping: db: Name or service not known', app-exit-dependency-unreachable",
        "'TimeoutError: [Errno 110] Operation timed out', app-exit-dependency-unreachable",
        "Error: Operation timed out (os error 110), app-exit-dependency-unreachable",
        "'connection to server at \"192.0.2.1\", port 5432 failed: Operation timed out', app-exit-dependency-unreachable",
        "'upstream timed out (110: Operation timed out)', app-exit-dependency-unreachable",
        "FATAL lock of the table: operation timed out, none",
        "FATAL row 110 is locked: operation timed out, none",
        "'socket.gaierror: [Errno -3] Try again', dns-failing",
        "'Error: failed to lookup address information: Try again', dns-failing",
        "'Error: table is locked: try again', none"
    })
    void theKernelsWordsNeedNoLevelBesideThem(String line, String cause) {
        assertThat(found(pod("", line + "\n")).map(Finding::cause).orElse("none"))
                .isEqualTo(cause);
    }

    @Test
    void anUnknownServerLeavesTheContainer() {
        Finding finding = found(pod("", "FATAL dial tcp 192.0.2.1:5432: connection refused\n"))
                .orElseThrow();

        assertThat(finding.culprit()).isEqualTo(new Culprit("Pod", "p", "app", null, null));
        assertThat(finding.dependency()).isEmpty();
    }

    @Test
    void ofSeveralTheOneWithTheLongestNameInTheNamespaceIsNamed() {
        Fixture fixture =
                pod("", "FATAL http://db:1 via http://database:2 and http://elsewhere:3: connection refused\n");
        fixture.object(DB.formatted(""));
        fixture.object(
                "{kind: 'Service', metadata: {name: 'database', namespace: 'demo'}, spec: {selector: {app: 'db'}}}");
        fixture.object(
                "{kind: 'Service', metadata: {name: 'elsewhere', namespace: 'else'}, spec: {selector: {app: 'db'}}}");

        assertThat(Seen.culprit(found(fixture)).name()).isEqualTo("database");
    }

    @Test
    void aNameOfNoServiceIsMissing() {
        Finding finding = found(pod("", NO_NAME)).orElseThrow();

        assertThat(finding.culprit()).isEqualTo(new Culprit("Service", "db", null, null, "missing"));
        assertThat(Seen.said(finding))
                .startsWith("the name of what it needs does not resolve", "there is no such Service");
        assertThat(Seen.culprit(found(pod("", NO_NAME).gap("Service"))).kind()).isEqualTo("Pod");
    }

    @Test
    void aNameThatOnlyTheResolverWordsIsThatOfTheService() {
        assertThat(Seen.culprit(
                        found(pod("", "FATAL could not resolve host: db\n").object(DB.formatted("")))))
                .isEqualTo(new Culprit("Service", "db", null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "'', app-exit-dependency-unreachable",
        "'dnsPolicy: ''ClusterFirst'',', app-exit-dependency-unreachable",
        "'dnsPolicy: ''ClusterFirstWithHostNet'', hostNetwork: true,', app-exit-dependency-unreachable",
        "'dnsPolicy: ''ClusterFirst'', hostNetwork: true,', dns-failing",
        "'dnsPolicy: ''Default'',', dns-failing"
    })
    void aServiceThatExistsDoesNotResolveForWhomAsksAnotherResolver(String dns, String cause) {
        assertThat(found(pod(dns, NO_NAME).object(DB.formatted(""))).map(Finding::cause))
                .contains(cause);
        assertThat(found(pod(dns, NO_NAME)).map(Finding::cause)).contains("app-exit-dependency-unreachable");
    }

    private static Culprit dns(String spec) {
        return Seen.culprit(found(pod(spec, NO_NAME).object(DB.formatted(""))));
    }

    @Test
    void thePolicyOrTheNameserversAreAtFault() {
        assertThat(dns("dnsPolicy: 'Default',")).isEqualTo(new Culprit("Pod", "p", null, "spec.dnsPolicy", "Default"));
        assertThat(dns("dnsPolicy: 'None', dnsConfig: {nameservers: ['192.0.2.1', '192.0.2.2']},"))
                .isEqualTo(new Culprit("Pod", "p", null, "spec.dnsConfig.nameservers", "192.0.2.1, 192.0.2.2"));
        assertThat(dns("dnsPolicy: 'None',")).isEqualTo(new Culprit("Pod", "p", null, "spec.dnsPolicy", "None"));
        assertThat(dns("dnsPolicy: 'Default', dnsConfig: {nameservers: ['192.0.2.1']},"))
                .isEqualTo(new Culprit("Pod", "p", null, "spec.dnsPolicy", "Default"));
    }

    @Test
    void theClustersResolverThatDoesNotAnswerHasNoCulprit() {
        Finding finding = found(pod("", "FATAL lookup db on 10.96.0.10:53: i/o timeout\n"))
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("dns-failing");
        assertThat(finding.culprit()).isNull();
        assertThat(Seen.said(finding)).startsWith("the resolver of its pod does not answer");
    }

    @Test
    void anAliasMayPointNowhere() {
        Finding finding = foundOfThePod(
                        pod("", NO_NAME).object(DB.formatted("type: 'ExternalName', externalName: 'x.test',")))
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("service-external-name-unresolvable");
        assertThat(finding.culprit()).isEqualTo(new Culprit("Service", "db", null, "spec.externalName", "x.test"));
        assertThat(finding.actOn()).isNotNull();
        assertThat(finding.common()).isPresent();
    }

    @Test
    void aCertificateIsAnotherCause() {
        assertThat(found(pod("", "FATAL connection refused: certificate has expired\n")))
                .isEmpty();
        assertThat(found(pod("", "FATAL no licence\n"))).isEmpty();
    }

    private static Fixture blocked(String server, String policy) {
        return pod("", "FATAL dial tcp db:5432: i/o timeout\n")
                .object(DB.formatted(""))
                .object(server)
                .object("""
                        {kind: 'NetworkPolicy', metadata: {name: 'np', namespace: 'demo'},
                         spec: {podSelector: {matchLabels: {app: 'db'}}, policyTypes: ['Ingress'], ingress: [%s]}}
                        """.formatted(policy));
    }

    private static String server(String namespace, String app, String type, String ready) {
        return """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'db-0', namespace: '%s', uid: 'u-db', labels: {app: '%s'},
                   creationTimestamp: '2026-03-01T11:00:00Z'}, spec: {nodeName: 'n'},
                 status: {phase: 'Running', conditions: [{type: '%s', status: '%s'}]}}
                """.formatted(namespace, app, type, ready);
    }

    @Test
    void aPolicyDoesNotLetItThrough() {
        Finding finding = found(blocked(
                        server("demo", "db", "Ready", "True"), "{from: [{podSelector: {matchLabels: {x: 'y'}}}]}"))
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("network-policy-blocks");
        assertThat(finding.culprit()).isEqualTo(new Culprit("NetworkPolicy", "np", null, "spec", null));
        assertThat(Seen.said(finding))
                .startsWith(
                        "its connections to Service db time out",
                        "that Service has a ready pod",
                        "policy np selects one side, and no policy allows the other");
    }

    @Test
    void aPolicyLetsItThrough() {
        assertThat(found(blocked(server("demo", "db", "Ready", "True"), "{}")).map(Finding::cause))
                .contains("app-exit-dependency-unreachable");
    }

    @ParameterizedTest
    @CsvSource({
        "else, db, Ready, True",
        "demo, api, Ready, True",
        "demo, db, Initialized, True",
        "demo, db, Ready, False",
        "demo, db, Ready, Unknown"
    })
    void aServiceWithoutAReadyPodFailsByItself(String namespace, String app, String type, String ready) {
        assertThat(foundOfThePod(blocked(server(namespace, app, type, ready), ""))
                        .map(Finding::cause))
                .contains("app-exit-dependency-unreachable");
    }

    @Test
    void theNamesOfItsOwnPodsNeedTheirService() {
        String set = """
                {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {name: 'db', namespace: 'demo', uid: 'w'},
                 spec: {replicas: 1, serviceName: 'peers', template: {spec: {containers: [{name: 'app'}]}}}}""";
        String pod = """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'db-0', namespace: 'demo', uid: 'u',
                   creationTimestamp: '2026-03-01T11:00:00Z', ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet',
                   name: 'db', uid: 'w', controller: true}]}, spec: {nodeName: 'n', containers: [{name: 'app'}]},
                 status: {phase: 'Running', containerStatuses: [{name: 'app', %s}]}}
                """.formatted(Fixture.crashLoop("exitCode: 1, reason: 'Error'"));
        Fixture fixture = new Fixture().object(set).object(pod);
        Fixture other = new Fixture().object(set).object(pod);
        Fixture there = new Fixture()
                .object(set)
                .object(pod)
                .object("{kind: 'Service', metadata: {name: 'peers', namespace: 'demo'}}");

        Finding finding = found(fixture.log("demo", "db-0", "app", "FATAL lookup db-1.peers: no such host\n"))
                .orElseThrow();
        assertThat(finding.cause()).isEqualTo("missing-headless-service");
        assertThat(finding.culprit()).isEqualTo(new Culprit("StatefulSet", "db", null, "spec.serviceName", "peers"));

        assertThat(found(other.log("demo", "db-0", "app", "FATAL lookup api: no such host\n"))
                        .map(Finding::cause))
                .contains("app-exit-dependency-unreachable");
        assertThat(found(there.log("demo", "db-0", "app", "FATAL lookup db-1.peers: no such host\n"))
                        .map(Finding::cause))
                .contains("app-exit-dependency-unreachable");
    }
}

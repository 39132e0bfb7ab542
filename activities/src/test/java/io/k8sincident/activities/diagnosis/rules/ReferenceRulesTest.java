package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ConfigMaps and Secrets that containers refer to, and what is in them. */
class ReferenceRulesTest {
    private static Optional<Finding> missing(String container, String reason, String message, String... objects) {
        Fixture fixture = rollout("image: 'i'", container, waiting(reason, message));
        List.of(objects).forEach(fixture::object);
        return Seen.by(new MissingReference(), fixture);
    }

    private static final String REFERS =
            "image: 'i', env: [{name: 'A', valueFrom: {secretKeyRef: {name: 'o', key: 'x'}}},"
                    + " {name: 'K', valueFrom: {configMapKeyRef: {name: 'c', key: 'k'}}}]";

    @Test
    void anObjectThatDoesNotExistIsMissing() {
        Finding finding = missing(REFERS, "CreateContainerConfigError", "configmap \"c\" not found")
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("missing-configmap");
        assertThat(finding.culprit()).isEqualTo(new Culprit("ConfigMap", "c", null, null, "missing"));
        assertThat(Seen.said(finding))
                .containsExactly(
                        "container app cannot be configured: ConfigMap c does not exist",
                        "its environment refers to it",
                        "there is no such object in the namespace");
        assertThat(missing("image: 'i'", "CreateContainerConfigError", "secret \"s\" not found")
                        .map(Finding::cause))
                .contains("missing-secret");
    }

    private static String configMap(String data) {
        return "{kind: 'ConfigMap', metadata: {name: 'c', namespace: 'demo'}, data: {%s}}".formatted(data);
    }

    private static Optional<Finding> missingKey(String container, String data) {
        Fixture fixture = new Fixture()
                .deployment(2, 2)
                .revision(2, container)
                .object(configMap(data))
                .object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-2-x', namespace: 'demo', uid: 'p-2',
                  creationTimestamp: '2026-03-01T11:52:00Z',
                  ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-2', uid: 'r-2', controller: true}]},
                 spec: {nodeName: 'n1', containers: [{name: 'app', %s}]},
                 status: {phase: 'Pending', containerStatuses: [{name: 'app', state: {waiting: {
                   reason: 'CreateContainerConfigError', message: "couldn't find key k in ConfigMap demo/c"}}}]}}
                """.formatted(container));
        return Seen.by(new MissingReference(), fixture);
    }

    @Test
    void aKeyThatItDoesNotHaveIsMissing() {
        Finding finding = missingKey(REFERS, "other: 'x'").orElseThrow();

        assertThat(finding.cause()).isEqualTo("missing-configmap-key");
        assertThat(finding.culprit()).isEqualTo(new Culprit("ConfigMap", "c", null, "data.k", "missing"));
        assertThat(Seen.said(finding))
                .containsExactly(
                        "container app cannot be configured: key k in ConfigMap c does not exist",
                        "its environment refers to it",
                        "the keys that it has are others");
        assertThat(Seen.said(missingKey(REFERS, "k: 'x'").orElseThrow())).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "configMapKeyRef, c, z, 0",
        "configMapKeyRef, z, k, 0",
        "secretKeyRef, c, k, 0",
        "configMapKeyRef, c, k, 1"
    })
    void onlyTheReferenceItselfIsCited(String kind, String name, String key, int cited) {
        String container =
                "image: 'i', env: [{name: 'K', valueFrom: {%s: {name: '%s', key: '%s'}}}]".formatted(kind, name, key);

        assertThat(Seen.said(missingKey(container, "k: 'x'").orElseThrow())).hasSize(1 + cited);
    }

    @Test
    void otherReasonsAndWordsAreNotOfAReference() {
        assertThat(missing("image: 'i'", "CreateContainerError", "secret \"s\" not found"))
                .isEmpty();
        assertThat(missing("image: 'i'", "CreateContainerConfigError", "x")).isEmpty();
    }

    @Test
    void thePodsWithTheSameMessageAreExplained() {
        Fixture fixture = new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', containers: [{name: 'a'}, {name: 'b'}, {name: 'c'}]},
                 status: {phase: 'Pending', containerStatuses: [
                   {name: 'a', state: {waiting: {reason: 'CreateContainerConfigError', message: 'secret "s" not found'}}},
                   {name: 'b', state: {waiting: {reason: 'CreateContainerConfigError', message: 'secret "o" not found'}}},
                   {name: 'c', state: {waiting: {reason: 'CreateContainerConfigError', message: 'secret "s" not found'}}}]}}
                """);

        assertThat(Seen.found(new MissingReference(), fixture).explains()).hasSize(2);
    }

    /** A Deployment whose pod of revision 2 refuses its configuration; the pod of revision 1 is ready with this container. */
    private static Optional<Finding> content(String former, String volume, String log) {
        String now = "image: 'i', volumeMounts: [{name: 'cfg', mountPath: '/etc/app'}]";
        Fixture fixture = new Fixture()
                .deployment(2, 2)
                .revision(1, former.isEmpty() ? now : former)
                .revision(2, now)
                .pod(
                        1,
                        former.isEmpty() ? now : former,
                        "ready: true, state: {running: {startedAt: '2026-03-01T11:51:02Z'}}")
                .object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-2-x', namespace: 'demo', uid: 'p-2',
                          creationTimestamp: '2026-03-01T11:52:00Z', ownerReferences: [{apiVersion: 'apps/v1',
                          kind: 'ReplicaSet', name: 'web-2', uid: 'r-2', controller: true}]},
                         spec: {nodeName: 'n1', volumes: [{name: 'cfg', %s}], containers: [{name: 'app', %s}]},
                         status: {phase: 'Running', conditions: [{type: 'Ready', status: 'False'}],
                           containerStatuses: [{name: 'app', %s}]}}
                        """.formatted(volume, now, Fixture.crashLoop("exitCode: 1, reason: 'Error'")))
                .object("{kind: 'ConfigMap', metadata: {name: 'c', namespace: 'demo'}, data: {a.yaml: '', b.yaml: ''}}"
                        .replace("a.yaml", "'a.yaml'")
                        .replace("b.yaml", "'b.yaml'"))
                .log(log);
        return Seen.by(new BadConfigMapContent(), fixture);
    }

    private static final String REFUSES = "FATAL /etc/app/b.yaml: invalid syntax in line 3\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error loading /etc/app/b.yaml: yaml: line 4: mapping values are not allowed in this context\n",
                "nginx: [emerg] \"server\" directive is not allowed here in /etc/app/b.yaml:3\n",
                "nginx: [emerg] directive \"listen\" is not terminated by \";\" in /etc/app/b.yaml:4\n",
                "FATAL /etc/app/b.yaml: json: cannot unmarshal string into Go struct field C.port of type int\n",
                "tomllib.TOMLDecodeError: Expecting a value in /etc/app/b.yaml\n",
                """
                yaml.scanner.ScannerError: while scanning for the next token
                found character '\\t' that cannot start any token
                  in "/etc/app/b.yaml", line 3, column 1
                """,
                """
                yaml.parser.ParserError: while parsing a block mapping
                  in "/etc/app/b.yaml", line 1, column 1
                expected <block end>, but found '<block mapping start>'
                  in "/etc/app/b.yaml", line 2, column 3
                """
            })
    void theParsersOfYamlJsonAndNginxRefuseAFile(String log) {
        assertThat(Seen.culprit(content("", "configMap: {name: 'c'}", log)))
                .isEqualTo(new Culprit("ConfigMap", "c", null, "data.b.yaml", null));
    }

    @Test
    void aMountedScriptInAStackTraceIsNotRefused() {
        assertThat(content("", "configMap: {name: 'c'}", "Error: invalid amount\n    at pay (/etc/app/b.yaml:3)\n"))
                .isEmpty();
    }

    @Test
    void aReadyPodOfTheSameContainerProvesThatTheFileIsAtFault() {
        Finding finding = content("", "configMap: {name: 'c'}", REFUSES).orElseThrow();

        assertThat(finding.cause()).isEqualTo("bad-configmap-content");
        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.culprit()).isEqualTo(new Culprit("ConfigMap", "c", null, "data.b.yaml", null));
        assertThat(Seen.said(finding))
                .startsWith(
                        "the application refuses a file of ConfigMap c",
                        "a pod with the same container is ready: the template is not what changed");
    }

    @Test
    void aChangeOfTheContainerCouldBeAtFault() {
        assertThat(content("image: 'other'", "configMap: {name: 'c'}", REFUSES)).isEmpty();
    }

    @Test
    void aChangeBesideItCouldNot() {
        Finding finding = content(
                        "image: 'i', volumeMounts: [{name: 'cfg', mountPath: '/etc/app'}], readinessProbe: {}",
                        "configMap: {name: 'c'}",
                        REFUSES)
                .orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void withoutItsKeyTheDataIsAtFault() {
        assertThat(Seen.culprit(content("", "configMap: {name: 'c'}", REFUSES.replace("b.yaml", "z.yaml"))))
                .isEqualTo(new Culprit("ConfigMap", "c", null, "data", null));
    }

    @ParameterizedTest
    @CsvSource({
        "emptyDir: {}, FATAL /etc/app/b.yaml: invalid syntax",
        "configMap: {name: 'c'}, FATAL /etc/other/b.yaml: invalid syntax",
        "configMap: {name: 'c'}, 'FATAL /etc/app/b.yaml: cannot read: no such file'",
        "configMap: {name: 'c'}, FATAL /etc/app/b.yaml: timeout"
    })
    void otherFilesAndErrorsAreNotOfItsContent(String volume, String line) {
        assertThat(content("", volume, line + "\n")).isEmpty();
    }
}

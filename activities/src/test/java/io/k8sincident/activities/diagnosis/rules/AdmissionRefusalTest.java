package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionRefusalTest {
    private static Fixture refused(String message) {
        return new Fixture().deployment(1, 1).object("""
                {apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: {name: 'web-1', namespace: 'demo', uid: 'r-1',
                   creationTimestamp: '2026-03-01T11:51:00Z', annotations: {'deployment.kubernetes.io/revision': '1'},
                   ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd-1', controller: true}]},
                 spec: {replicas: 1, template: {spec: {containers: [{name: 'app', image: 'i'}]}}},
                 status: {replicas: 0, conditions: [{type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate',
                   lastTransitionTime: '2026-03-01T11:51:01Z', message: "%s"}]}}
                """.formatted(message.replace("\"", "\\\"")));
    }

    private static Optional<Finding> found(String message) {
        return Seen.by(new AdmissionRefusal(), refused(message));
    }

    private static void assertFound(String message, String cause, Culprit culprit, @Nullable Target common) {
        Finding finding = found(message).orElseThrow();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.culprit()).isEqualTo(culprit);
        assertThat(finding.common()).isEqualTo(Optional.ofNullable(common));
        assertThat(Seen.said(finding)).containsExactly("admission refuses the pods of Deployment/web");
        assertThat(Seen.ruledOut(finding)).containsExactly("insufficient-cpu");
    }

    private static Target quota(String name) {
        return new Target("v1", "ResourceQuota", "demo", name, null);
    }

    @Test
    void aQuotaIsUsedUp() {
        assertFound(
                "forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: cpu=9,pods=2",
                "quota-exceeded",
                new Culprit("ResourceQuota", "q", null, "spec.hard.pods", "2"),
                quota("q"));
        assertFound(
                "forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: cpu=9",
                "quota-exceeded",
                new Culprit("ResourceQuota", "q", null, "spec.hard.pods", null),
                quota("q"));
        assertFound(
                "forbidden: exceeded quota: q, requested: pods=1",
                "quota-exceeded",
                new Culprit("ResourceQuota", "q", null, "spec.hard.pods", null),
                quota("q"));
    }

    @Test
    void aQuotaWantsAValue() {
        assertFound(
                "forbidden: failed quota: q: must specify limits.cpu for: app",
                "quota-exceeded",
                new Culprit("ResourceQuota", "q", null, "spec.hard.limits.cpu", "pods must specify limits.cpu"),
                quota("q"));
    }

    @Test
    void aServiceAccountDoesNotExist() {
        assertFound(
                "forbidden: error looking up service account demo/robot: serviceaccount \"robot\" not found",
                "missing-service-account",
                new Culprit("ServiceAccount", "robot", null, null, "missing"),
                new Target("v1", "ServiceAccount", "demo", "robot", null));
    }

    @Test
    void aClassDoesNotExist() {
        assertFound(
                "forbidden: no PriorityClass with name vip was found",
                "missing-priority-class",
                new Culprit("Deployment", "web", null, "spec.priorityClassName", "vip"),
                new Target("scheduling.k8s.io/v1", "PriorityClass", null, "vip", null));
        assertFound(
                "forbidden: pod rejected: RuntimeClass \"kata\" not found",
                "missing-runtime-class",
                new Culprit("Deployment", "web", null, "spec.runtimeClassName", "kata"),
                new Target("node.k8s.io/v1", "RuntimeClass", null, "kata", null));
    }

    @Test
    void aPolicyDeniesIt() {
        assertFound(
                "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no latest tags",
                "admission-policy-denied",
                new Culprit("ValidatingAdmissionPolicy", "p", null, "spec.validations", "no latest tags"),
                new Target("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", null, "p", null));
    }

    @Test
    void theTemplateIsInvalid() {
        assertFound(
                "Pod \"web-x\" is invalid: [spec.containers[0].ports: Duplicate value: 1",
                "invalid-pod-template",
                new Culprit("Deployment", "web", null, "spec.containers[0].ports", "Duplicate value: 1"),
                null);
    }

    @Test
    void aWebhookThatWasNotReadIsKnownByItsName() {
        assertFound(
                "admission webhook \"w.test\" denied the request: no",
                "admission-webhook-denied",
                new Culprit("Webhook", "w.test", null, null, null),
                null);
        assertFound(
                "failed calling webhook \"w.test\": refused",
                "admission-webhook-unavailable",
                new Culprit("Webhook", "w.test", null, null, null),
                new Target("admissionregistration.k8s.io/v1", "Webhook", null, "w.test", null));
    }

    private static Fixture configured(String message, String client) {
        return refused(message)
                .object("""
                        {kind: 'MutatingWebhookConfiguration', metadata: {name: 'c'},
                         webhooks: [{name: 'other'}, {name: 'w.test', clientConfig: {%s}}]}""".formatted(client))
                .object("{kind: 'Service', metadata: {name: 'hook', namespace: 'ops'}}");
    }

    @Test
    void theServiceOfAWebhookDoesNotAnswer() {
        Finding finding = Seen.found(
                new AdmissionRefusal(),
                configured(
                        "failed calling webhook \"w.test\": Post \"https://hook.ops.svc:443/x\": refused",
                        "service: {namespace: 'ops', name: 'hook'}"));

        assertThat(finding.culprit())
                .isEqualTo(new Culprit(
                        "MutatingWebhookConfiguration",
                        "c",
                        null,
                        "webhooks[w.test].clientConfig.service",
                        "ops/hook"));
        assertThat(finding.dependency())
                .hasValueSatisfying(service -> assertThat(service.name()).isEqualTo("hook"));
    }

    @Test
    void aWebhookMayBeAnAddress() {
        Finding finding = Seen.found(
                new AdmissionRefusal(),
                configured("admission webhook \"w.test\" denied the request: no", "url: 'https://w.test/'"));

        assertThat(finding.culprit())
                .isEqualTo(new Culprit(
                        "MutatingWebhookConfiguration",
                        "c",
                        null,
                        "webhooks[w.test].clientConfig.url",
                        "https://w.test/"));
        assertThat(finding.dependency()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'host namespaces (hostNetwork=true)', , spec.hostNetwork",
        "'hostPath volumes (volume \"d\")', , spec.volumes[d].hostPath",
        "'hostPath volumes (volumes \"d\", \"e\")', , spec.volumes[d].hostPath",
        "'privileged (container \"app\" must not set securityContext.privileged=true)', app, securityContext.privileged",
        "'x (container \"app\" must set securityContext.runAsNonRoot=true)', app, securityContext.runAsNonRoot",
        "'x (container \"a\" must set securityContext.y), z (container \"b\" must set securityContext.w)', , spec.securityContext",
        "'seccomp (pod must set it)', , spec.securityContext"
    })
    void aStandardIsViolated(String violation, @Nullable String container, String field) {
        assertFound(
                "forbidden: violates PodSecurity \"restricted:latest\": " + violation,
                "pod-security-denied",
                new Culprit("Deployment", "web", container, field, "namespace enforces restricted:latest"),
                null);
    }

    @Test
    void aRangeOfTheNamespaceIsLeft() {
        assertFound(
                "forbidden: maximum cpu usage per Container is 1, but limit is 2",
                "limit-range-violation",
                new Culprit("Deployment", "web", null, "resources.limits.cpu", "2"),
                null);
    }

    @Test
    void otherWordsSayNothing() {
        assertThat(found("the server is busy")).isEmpty();
    }
}

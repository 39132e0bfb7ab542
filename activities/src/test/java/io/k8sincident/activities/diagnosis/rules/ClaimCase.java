package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/** A claim that waits, what is known of its class and volumes, and what the rule makes of it. */
final class ClaimCase {
    static final String NO_VOLUME = "1 node(s) didn't find available persistent volumes to bind";
    static final String SLOW = "storageClassName: 'slow'";

    private final Fixture cluster = new Fixture();

    private ClaimCase() {}

    static ClaimCase claim(String spec, String phase) {
        return new ClaimCase().withClaim(spec, phase);
    }

    private ClaimCase withClaim(String spec, String phase) {
        cluster.object("""
                {kind: 'PersistentVolumeClaim', metadata: {name: 'c', namespace: 'demo', uid: 'u'},
                 spec: {accessModes: ['ReadWriteMany'], resources: {requests: {storage: '5Gi'}} %s}, status: {phase: '%s'}}
                """.formatted(spec.isEmpty() ? "" : ", " + spec, phase));
        return this;
    }

    ClaimCase event(String reason, String message) {
        cluster.object("""
                {kind: 'Event', metadata: {name: '%1$s', namespace: 'demo'}, reason: '%1$s', message: "%2$s",
                 firstTimestamp: '2026-03-01T11:50:00Z', lastTimestamp: '2026-03-01T11:59:00Z',
                 involvedObject: {kind: 'PersistentVolumeClaim', namespace: 'demo', name: 'c', uid: 'u'}}
                """.formatted(reason, message));
        return this;
    }

    ClaimCase volume(String name, String mode, String size, String phase) {
        cluster.object("""
                {kind: 'PersistentVolume', metadata: {name: '%s'}, status: {phase: '%s'},
                 spec: {storageClassName: 'slow', accessModes: ['%s'], capacity: {storage: '%s'}}}
                """.formatted(name, phase, mode, size));
        return this;
    }

    ClaimCase storageClass(String provisioner) {
        cluster.object("{kind: 'StorageClass', metadata: {name: 'slow'}, provisioner: '%s'}".formatted(provisioner));
        return this;
    }

    Optional<Finding> found(String said) {
        ClusterView view = new ClusterView(cluster.snapshot());
        Trouble trouble =
                new Trouble(Trouble.Kind.NOT_SCHEDULED, null, null, "Unschedulable", new Fact("w", said, "c"), null);
        return PendingClaim.finding(
                view, view.find("PersistentVolumeClaim", "demo", "c").orElseThrow(), List.of(trouble));
    }

    String cause() {
        return found("").map(Finding::cause).orElse("none");
    }

    static Culprit ofTheClaim(String field, String value) {
        return new Culprit("PersistentVolumeClaim", "c", null, field, value);
    }

    static void assertFound(Optional<Finding> found, String cause, Culprit culprit, String claim, String not) {
        assertThat(found).hasValueSatisfying(finding -> {
            assertThat(finding.cause()).isEqualTo(cause);
            assertThat(finding.culprit()).isEqualTo(culprit);
            assertThat(Seen.said(finding)).containsExactly("a claim is not bound", claim);
            assertThat(Seen.ruledOut(finding)).isEqualTo(not.isEmpty() ? List.of() : List.of(not));
        });
    }

    ClaimCase nobodyMayReadClasses() {
        cluster.gap("StorageClass");
        return this;
    }

    /** A provisioner is waited for, since this time. */
    ClaimCase waitingSince(String first) {
        cluster.object("""
                {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, reason: 'ExternalProvisioning', message: 'w',
                 firstTimestamp: '%s', involvedObject: {kind: 'PersistentVolumeClaim', namespace: 'demo', name: 'c', uid: 'u'}}
                """.formatted(first));
        return this;
    }
}

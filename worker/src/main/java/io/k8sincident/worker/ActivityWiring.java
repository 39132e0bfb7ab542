package io.k8sincident.worker;

import io.k8sincident.activities.approval.RulingActivityImpl;
import io.k8sincident.activities.approval.UnsignedDecisions;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.FileBlobStore;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.execution.ExecutionActivityImpl;
import io.k8sincident.activities.investigation.EvidenceActivityImpl;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.activities.kubernetes.LiveSource;
import io.k8sincident.activities.kubernetes.ObjectReader;
import io.k8sincident.activities.planning.PlanningActivityImpl;
import io.k8sincident.activities.planning.PlanningOptions;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.activities.redaction.Redactor;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.activities.verification.VerificationActivityImpl;
import io.k8sincident.worker.config.Role;
import io.k8sincident.worker.config.WorkerSettings;
import io.k8sincident.worker.temporal.Duties;
import io.k8sincident.workflows.workflow.IncidentWorkflowImpl;
import io.temporal.worker.Worker;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which implementation stands behind each port, and what each is made of. The only place that knows. */
class ActivityWiring implements Duties, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityWiring.class);
    private static final String BLOBS = "blobs";

    private final WorkerSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final Supplier<Policy> policies;
    private final BlobStore blobs;
    private @Nullable StoredTrail opened;

    /**
     * Prepares what all roles need.
     *
     * @throws io.k8sincident.activities.policy.PolicyException if the policy cannot be used
     */
    ActivityWiring(WorkerSettings settings) {
        this.settings = settings;
        this.policies = policies(settings);
        this.blobs = new FileBlobStore(settings.runsDirectory().resolve(BLOBS));
    }

    private static Supplier<Policy> policies(WorkerSettings settings) {
        Supplier<Policy> policies =
                settings.policyFile().<Supplier<Policy>>map(PolicyFile::new).orElse(PolicyFile::shipped);
        // A policy that cannot be used is reported now, not when the first incident is blocked by it.
        var unused = policies.get();
        return policies;
    }

    @Override
    public void assign(Role role, Worker worker) {
        KubernetesConnection connection =
                KubernetesConnection.open(settings.kubeconfigFile().orElse(null), settings.context());
        switch (role) {
            case READER -> {
                worker.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
                worker.registerActivitiesImplementations(reading(connection));
            }
            case EXECUTOR -> worker.registerActivitiesImplementations(writing(connection));
        }
    }

    /** Opened when all else is in order: what cannot start must not make a key, nor append. */
    private synchronized StoredTrail trail() {
        StoredTrail trail = opened == null ? Trails.open(settings, clock, LOG::warn) : opened;
        opened = trail;
        return trail;
    }

    /** Seals what is left of the trail. */
    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private Object[] reading(KubernetesConnection connection) {
        return new Object[] {
            new EvidenceActivityImpl(new LiveSource(connection), Diagnosticians.standard(), blobs, trail(), clock),
            new PlanningActivityImpl(
                    new ClusterWriter(connection.openWriter()),
                    blobs,
                    Snapshots::fromBytes,
                    Diagnosticians.standard(),
                    policies,
                    trail(),
                    Redactor::text,
                    PlanningOptions.DEFAULT,
                    clock),
            new RulingActivityImpl(blobs, policies, new UnsignedDecisions(), trail(), Redactor::text),
            new VerificationActivityImpl(new ObjectReader(connection.openWriter()), blobs, trail(), clock),
            new RecordActivityImpl(trail(), settings.runsDirectory())
        };
    }

    private Object[] writing(KubernetesConnection connection) {
        return new Object[] {
            new ExecutionActivityImpl(new ClusterWriter(connection.openWriter()), blobs, policies, trail(), clock)
        };
    }
}

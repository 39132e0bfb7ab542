package io.k8sincident.worker;

import io.fabric8.kubernetes.client.Config;
import io.k8sincident.activities.approval.RulingActivityImpl;
import io.k8sincident.activities.approval.UnsignedDecisions;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.FileAuditTrail;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.execution.ExecutionActivityImpl;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.ObjectReader;
import io.k8sincident.activities.planning.PlanningActivityImpl;
import io.k8sincident.activities.planning.PlanningOptions;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.activities.verification.VerificationActivityImpl;
import io.k8sincident.worker.cluster.ClusterConfig;
import io.k8sincident.worker.config.Role;
import io.k8sincident.worker.config.WorkerSettings;
import io.k8sincident.worker.temporal.Duties;
import io.k8sincident.workflows.workflow.IncidentWorkflowImpl;
import io.temporal.worker.Worker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;

/** Which implementation stands behind each port, and what each is made of. The only place that knows. */
class ActivityWiring implements Duties {
    private final WorkerSettings settings;
    private final ObjectProvider<ReadingParts> parts;
    private final Clock clock = Clock.systemUTC();
    private final Supplier<Policy> policies;
    private final AuditTrail trail;

    /**
     * Prepares what all roles need.
     *
     * @throws io.k8sincident.activities.policy.PolicyException if the policy cannot be used
     */
    ActivityWiring(WorkerSettings settings, ObjectProvider<ReadingParts> parts) {
        this.settings = settings;
        this.parts = parts;
        this.policies = policies(settings);
        this.trail = new FileAuditTrail(settings.runsDirectory(), clock);
    }

    private static Supplier<Policy> policies(WorkerSettings settings) {
        Supplier<Policy> policies =
                settings.policyFile().<Supplier<Policy>>map(PolicyFile::new).orElse(PolicyFile::shipped);
        var unused = policies.get();
        return policies;
    }

    @Override
    public void assign(Role role, Worker worker) {
        parts.ifAvailable(available -> {
            ClusterWriter cluster = new ClusterWriter(ClusterWriter.connect(config()));
            switch (role) {
                case READER -> {
                    worker.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
                    worker.registerActivitiesImplementations(reading(available, cluster));
                }
                case EXECUTOR -> worker.registerActivitiesImplementations(writing(available, cluster));
            }
        });
    }

    private Object[] reading(ReadingParts parts, ClusterWriter dryRuns) {
        Path runs = settings.runsDirectory();
        return new Object[] {
            parts.evidence(),
            new PlanningActivityImpl(
                    dryRuns,
                    parts.blobs(),
                    parts.snapshots(),
                    parts.diagnostician(),
                    policies,
                    trail,
                    parts.redactor(),
                    PlanningOptions.DEFAULT,
                    clock),
            new RulingActivityImpl(parts.blobs(), policies, new UnsignedDecisions(), trail, parts.redactor()),
            new VerificationActivityImpl(
                    new ObjectReader(ClusterWriter.connect(config())), parts.blobs(), trail, clock),
            new RecordActivityImpl(trail, runs)
        };
    }

    private Object[] writing(ReadingParts parts, ClusterWriter cluster) {
        return new Object[] {new ExecutionActivityImpl(cluster, parts.blobs(), policies, trail, clock)};
    }

    private Config config() {
        return ClusterConfig.find(settings, System.getenv());
    }
}

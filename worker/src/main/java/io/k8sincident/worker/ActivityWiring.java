package io.k8sincident.worker;

import io.k8sincident.activities.advice.AdviceActivityImpl;
import io.k8sincident.activities.advice.AdviceSettings;
import io.k8sincident.activities.advice.OllamaAdvisor;
import io.k8sincident.activities.approval.DecisionLedger;
import io.k8sincident.activities.approval.Demands;
import io.k8sincident.activities.approval.ProofVerifier;
import io.k8sincident.activities.approval.Requesters;
import io.k8sincident.activities.approval.RulingActivityImpl;
import io.k8sincident.activities.approval.SshProofs;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.execution.ExecutionActivityImpl;
import io.k8sincident.activities.guard.Breakers;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.investigation.EvidenceActivityImpl;
import io.k8sincident.activities.kubernetes.AccessReviews;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.activities.kubernetes.ClusterUid;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.activities.kubernetes.LiveSource;
import io.k8sincident.activities.kubernetes.NamespaceHealth;
import io.k8sincident.activities.kubernetes.NamespaceQuotas;
import io.k8sincident.activities.kubernetes.ObjectReader;
import io.k8sincident.activities.planning.PlanningActivityImpl;
import io.k8sincident.activities.planning.PlanningOptions;
import io.k8sincident.activities.policy.PodOptOuts;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.activities.policy.Quotas;
import io.k8sincident.activities.redaction.Redactor;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.activities.time.ServerClock;
import io.k8sincident.activities.verification.VerificationActivityImpl;
import io.k8sincident.worker.config.Role;
import io.k8sincident.worker.config.WorkerSettings;
import io.k8sincident.worker.temporal.Duties;
import io.k8sincident.workflows.workflow.IncidentWorkflowImpl;
import io.temporal.worker.Worker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which implementation stands behind each port, and what each is made of. The only place that knows. */
class ActivityWiring implements Duties, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityWiring.class);

    private final WorkerSettings settings;
    private final ClusterName name;
    private final Clock machine = Clock.systemUTC();
    private final Clock clock = new ServerClock(machine);
    private final Supplier<Policy> policies;
    private final Stores stores;
    private final BlobStore blobs;
    private final DecisionLedger ledger;
    private @Nullable StoredTrail opened;
    private @Nullable OllamaAdvisor advisor;

    /**
     * Prepares what all roles need.
     *
     * @throws io.k8sincident.activities.policy.PolicyException if the policy cannot be used
     * @throws io.k8sincident.activities.audit.AuditUnavailableException if the database that is named cannot be used
     */
    ActivityWiring(WorkerSettings settings) {
        this.settings = settings;
        this.name = new ClusterName(settings.cluster());
        this.policies = policies(settings);
        this.stores = Stores.of(settings);
        this.blobs = stores.blobs();
        this.ledger = stores.ledger();
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
        switch (role) {
            case READER -> {
                worker.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
                worker.registerActivitiesImplementations(
                        reading(identity(Optional.empty()), identity(settings.plannerKubeconfigFile())));
            }
            case EXECUTOR ->
                worker.registerActivitiesImplementations(writing(identity(settings.executorKubeconfigFile())));
            case ADVISER -> worker.registerActivitiesImplementations(advising());
        }
    }

    /** The identity of a kubeconfig of its own, or the one that all share. */
    private KubernetesConnection identity(Optional<Path> own) {
        return own.isPresent()
                ? KubernetesConnection.open(own.get(), null)
                : KubernetesConnection.open(settings.kubeconfigFile().orElse(null), settings.context());
    }

    /** Opened when all else is in order: what cannot start must not make a key, nor append. */
    private synchronized StoredTrail trail() {
        StoredTrail trail = opened == null ? Trails.open(settings, stores.trail(), clock, LOG::warn) : opened;
        opened = trail;
        return trail;
    }

    /** Seals what is left of the trail, and asks no model any more. */
    @Override
    public synchronized void close() {
        try (stores) {
            if (advisor != null) {
                advisor.close();
            }
            if (opened != null) {
                opened.close();
            }
        }
    }

    private Object[] reading(KubernetesConnection connection, KubernetesConnection planner) {
        ClusterUid clusterUid = new ClusterUid(connection.openWriter(), clock);
        ProofVerifier proofs = proofs(clusterUid);
        return new Object[] {
            new EvidenceActivityImpl(
                    name, new LiveSource(connection), Diagnosticians.standard(), blobs, trail(), clock),
            new PlanningActivityImpl(
                    name,
                    new ClusterWriter(planner.openWriter()),
                    blobs,
                    Snapshots::fromBytes,
                    Diagnosticians.standard(),
                    policies,
                    gate(connection),
                    new Requesters(proofs, ledger),
                    new Demands(clusterUid),
                    trail(),
                    Redactor::text,
                    PlanningOptions.DEFAULT,
                    clock),
            new RulingActivityImpl(
                    name,
                    blobs,
                    policies,
                    gate(connection),
                    proofs,
                    new AccessReviews(connection.openWriter())::allowed,
                    ledger,
                    trail(),
                    clock,
                    Redactor::text,
                    LOG::warn),
            new VerificationActivityImpl(new ObjectReader(connection.openWriter()), blobs, trail(), clock),
            new RecordActivityImpl(trail(), settings.runsDirectory())
        };
    }

    private PolicyGate gate(KubernetesConnection connection) {
        ObjectReader reader = new ObjectReader(connection.openWriter());
        return new PolicyGate(
                blobs,
                new Breakers(new NamespaceHealth(reader), trail(), clock),
                new Quotas(new NamespaceQuotas(reader)),
                new PodOptOuts(reader::get));
    }

    private Object[] writing(KubernetesConnection connection) {
        return new Object[] {
            new ExecutionActivityImpl(
                    name,
                    new ClusterWriter(connection.openWriter()),
                    blobs,
                    policies,
                    proofs(new ClusterUid(connection.openWriter(), clock)),
                    gate(connection),
                    trail(),
                    clock)
        };
    }

    private ProofVerifier proofs(ClusterUid clusterUid) {
        return new SshProofs(clusterUid, settings.allowedSignersFile());
    }

    private synchronized AdviceActivityImpl advising() {
        AdviceSettings model =
                settings.llm().atStart(policies.get().adviceHosts().keySet());
        advisor = new OllamaAdvisor(model, blobs, machine);
        return new AdviceActivityImpl(
                new AllowedAdvisor(advisor, settings.llm(), model.model(), policies),
                model.model(),
                blobs,
                Snapshots::fromBytes,
                Diagnosticians.standard(),
                trail());
    }
}

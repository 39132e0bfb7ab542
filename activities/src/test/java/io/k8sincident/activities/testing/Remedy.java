package io.k8sincident.activities.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.approval.Access;
import io.k8sincident.activities.approval.Demands;
import io.k8sincident.activities.approval.ProofVerifier;
import io.k8sincident.activities.approval.Requesters;
import io.k8sincident.activities.approval.RulingActivityImpl;
import io.k8sincident.activities.approval.SshProofs;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.execution.ExecutionActivityImpl;
import io.k8sincident.activities.guard.Breakers;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.NamespaceHealth;
import io.k8sincident.activities.kubernetes.NamespaceQuotas;
import io.k8sincident.activities.kubernetes.ObjectReader;
import io.k8sincident.activities.planning.PlanningActivityImpl;
import io.k8sincident.activities.planning.PlanningOptions;
import io.k8sincident.activities.policy.PodOptOuts;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Quotas;
import io.k8sincident.activities.verification.VerificationActivityImpl;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.PlanningActivity.PlanRequest;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.SignalText;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The whole path from a diagnosis to a write, of real parts around a cluster and a policy that a test chooses. */
public final class Remedy implements AutoCloseable {
    /** Of the Deployment that most tests are about. */
    public static final String INCIDENT = "incident:test:demo:deployment:crashy";

    public static final ClusterName NAME = new ClusterName("test");
    public static final String RUN = "run-1";
    public static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    public final MemoryBlobStore blobs = new MemoryBlobStore();
    public final TestClock clock;
    public final MemoryTrail trail;
    /** What the worker is told aloud. */
    public final List<String> alarms = new ArrayList<>();

    public final List<Offer> offers = new ArrayList<>();
    public final List<Resource> evidence = new ArrayList<>();
    public final PlanningActivityImpl planning;
    public final RulingActivityImpl ruling;
    public final ExecutionActivityImpl execution;
    public final VerificationActivityImpl verification;
    public final MemoryLedger ledger = new MemoryLedger();
    /** What the cluster says when it is asked what a user may do. */
    public Access access = (user, verb, object) -> true;
    /** Where the policy's relative paths start from. */
    public Path folder = Path.of("");

    public String clusterUid = "uid-of-kube-system";
    /** Thrown instead of the uid. */
    public @Nullable ClusterException uidFailure;

    public String policy;
    public Duration window = Duration.ofMinutes(10);

    private final KubernetesClient client;
    public final PolicyGate gate;
    public final ProofVerifier proofs;
    private final Target target;
    /** Of the target. */
    public final String incident;

    public Remedy(Config cluster) {
        this(cluster, Target.deployment("demo", "crashy"), START);
    }

    public Remedy(Config cluster, Target target, Instant now) {
        this(cluster, target, new TestClock(now));
    }

    public Remedy(Config cluster, Target target, TestClock clock) {
        this(ClusterWriter.connect(cluster), target, clock);
    }

    /** With a client that it closes with itself, or that many share where nobody closes it. */
    public Remedy(KubernetesClient client, Target target, TestClock clock) {
        this.target = target;
        this.incident = IncidentId.of(NAME.name(), target);
        this.policy = policyFor(String.valueOf(target.namespace()));
        this.client = client;
        this.clock = clock;
        trail = new MemoryTrail(clock);
        ClusterWriter writer = new ClusterWriter(client);
        ObjectReader reader = new ObjectReader(client);
        gate = new PolicyGate(
                blobs,
                new Breakers(new NamespaceHealth(reader), trail, clock),
                new Quotas(new NamespaceQuotas(reader)),
                new PodOptOuts(reader::get));
        proofs = new SshProofs(this::uid, Optional.empty());
        planning = new PlanningActivityImpl(
                NAME,
                writer,
                blobs,
                bytes -> new Snapshot("test", clock.instant(), List.copyOf(evidence), List.of(), List.of()),
                snapshot -> List.of(diagnosis()),
                this::currentPolicy,
                gate,
                new Requesters(proofs, ledger),
                new Demands(this::uid),
                trail,
                UnaryOperator.identity(),
                PlanningOptions.DEFAULT,
                clock);
        ruling = new RulingActivityImpl(
                NAME,
                blobs,
                this::currentPolicy,
                gate,
                proofs,
                (user, verb, object) -> access.allowed(user, verb, object),
                ledger,
                trail,
                clock,
                UnaryOperator.identity(),
                alarms::add);
        execution = new ExecutionActivityImpl(NAME, writer, blobs, this::currentPolicy, proofs, gate, trail, clock);
        verification = new VerificationActivityImpl(new ObjectReader(client), blobs, trail, clock);
    }

    /** The shipped policy for another namespace. */
    public static String policyFor(String namespace) {
        return """
            version: 1
            namespaces:
              allow: [%s]
            actions:
              Deployment: [RollBack, RestartRollout, SetCommand, SetImage]
            highestRisk: MEDIUM
            decisions:
              requireProof: false
              separateDuties: false
            """.formatted(namespace);
    }

    private String uid() {
        if (uidFailure != null) {
            throw uidFailure;
        }
        return clusterUid;
    }

    private Policy currentPolicy() {
        return Policy.parse("policy.yaml", policy, folder);
    }

    /** What is said to be wrong. */
    public Diagnosis diagnosis() {
        return new Diagnosis(
                "test",
                target,
                "CrashLoopBackOff",
                null,
                "bad-command",
                null,
                Confidence.PROVEN,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                offers);
    }

    public IncidentRequest request(HumanValue... values) {
        return new IncidentRequest(
                "test",
                target,
                Mode.REMEDIATE,
                Person.unverified("alice"),
                List.of(values),
                IncidentRequest.DEFAULT_APPROVAL,
                window);
    }

    public Proposal propose(HumanValue... values) {
        String snapshot = blobs.put("{}".getBytes(StandardCharsets.UTF_8));
        return planning.propose(new PlanRequest(incident, request(values), snapshot, null, RUN));
    }

    public Proposal revise(String json) {
        String snapshot = blobs.put("{}".getBytes(StandardCharsets.UTF_8));
        return planning.propose(new PlanRequest(incident, request(), snapshot, signal(json), RUN));
    }

    /** The digest of a plan that sets the command. */
    public String plan() {
        Proposal proposal = propose(new HumanValue("app", "command", "[\"sh\",\"-c\",\"sleep 77\"]"));
        if (proposal.digest() == null) {
            throw new IllegalStateException("no plan: " + proposal);
        }
        return proposal.digest();
    }

    public static Plan planOf(Proposal proposal) {
        if (proposal.plan() == null) {
            throw new IllegalStateException("no plan: " + proposal);
        }
        return proposal.plan();
    }

    public SignalText signal(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String kept =
                bytes.length <= SignalText.KEPT ? json : new String(bytes, 0, SignalText.KEPT, StandardCharsets.UTF_8);
        return new SignalText(kept, bytes.length, io.k8sincident.activities.blob.Digest.of(bytes), clock.instant());
    }

    public RulingRequest rulingRequest(String json, String planDigest) {
        return new RulingRequest(
                incident,
                RUN,
                request(),
                signal(json),
                planDigest,
                clock.instant().plus(Duration.ofMinutes(30)),
                clock.instant(),
                List.of(),
                false,
                false);
    }

    public Ruling approve(String planDigest) {
        return ruling.rule(rulingRequest(
                "{\"planDigest\":\"" + planDigest + "\",\"verdict\":\"APPROVE\",\"approver\":\"bob\"}", planDigest));
    }

    public ExecutionRequest executionRequest(String planDigest, Ruling acceptance) {
        return new ExecutionRequest(
                incident, RUN, planDigest, 0, acceptance, clock.instant().plus(window));
    }

    /** The plan of what is offered, its approval, and the request to execute it. */
    public ExecutionRequest approvedOffer() {
        return approved(String.valueOf(propose().digest()));
    }

    /** A plan, its approval, and the request to execute it. */
    public ExecutionRequest approved() {
        return approved(plan());
    }

    private ExecutionRequest approved(String digest) {
        return executionRequest(digest, approve(digest));
    }

    @Override
    public void close() {
        client.close();
    }
}

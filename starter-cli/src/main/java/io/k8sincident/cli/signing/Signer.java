package io.k8sincident.cli.signing;

import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.activities.approval.Statement;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.RequestProof;
import io.k8sincident.workflows.model.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs decisions, revisions and requests with a person's key. */
public final class Signer {
    private final Surroundings surroundings;
    private final @Nullable String given;
    private final Purpose purpose;

    /** @param given the key file that was named on the command line */
    public Signer(Surroundings surroundings, @Nullable String given) {
        this(surroundings, given, Purpose.DECISION);
    }

    /**
     * Signs for this purpose, with the key that is kept for it.
     *
     * @param given the key file that was named on the command line
     */
    public Signer(Surroundings surroundings, @Nullable String given, Purpose purpose) {
        this.surroundings = surroundings;
        this.given = given;
        this.purpose = purpose;
    }

    /** The name to sign under: the one given, the one kept by {@code incident init}, else the user's. */
    public static String name(Surroundings surroundings, @Nullable String given) {
        return name(surroundings, given, Purpose.DECISION);
    }

    /** The name to sign under for this purpose; who has set nothing up for it goes by the name for decisions. */
    public static String name(Surroundings surroundings, @Nullable String given, Purpose purpose) {
        return given == null
                ? SignerProfile.kept(surroundings, purpose)
                        .or(() -> SignerProfile.kept(surroundings, Purpose.DECISION))
                        .map(SignerProfile::name)
                        .orElseGet(surroundings::user)
                : given;
    }

    /** What its signatures are made for. */
    public Purpose purpose() {
        return purpose;
    }

    /** Whether what is said about this proposal is to be signed: it must be, or a key was named. */
    public boolean signs(@Nullable Proposal proposal) {
        DecisionTerms terms = proposal == null ? null : proposal.terms();
        return purpose == Purpose.BREAK_GLASS || given != null || (terms != null && terms.proofRequired());
    }

    /** Whether a person has a key set up, without a look at git. */
    public boolean setUp() {
        return given != null || SignerProfile.kept(surroundings, purpose).isPresent();
    }

    /** The file of the key: the one given, the one kept by {@code incident init}, for decisions that of git; empty if there is none. */
    public Optional<Path> key() {
        return Optional.ofNullable(given)
                .map(surroundings.directory()::resolve)
                .or(() -> SignerProfile.kept(surroundings, purpose).map(SignerProfile::key))
                .or(() -> purpose == Purpose.DECISION
                        ? GitKey.configured(surroundings.directory(), surroundings.variable("HOME"))
                        : Optional.empty());
    }

    /** The decision with its proof. */
    public Decision sign(Decision decision, Proposal proposal) {
        return decision.provenBy(proof(Statement.of(decision, clusterUid(proposal))));
    }

    /** The revision with its proof. */
    public Revision sign(Revision revision, Proposal proposal) {
        String proof = proof(Statement.of(revision, clusterUid(proposal)));
        return new Revision(
                revision.version(),
                revision.revisionId(),
                revision.values(),
                revision.requester(),
                revision.reason(),
                revision.cluster(),
                revision.workflowId(),
                revision.runId(),
                revision.expiresAt(),
                proof);
    }

    /** The request with its proof. */
    public IncidentRequest sign(IncidentRequest request, String requestId, Instant signedAt, String clusterUid) {
        String proof = proof(Statement.of(request, requestId, signedAt, clusterUid));
        return request.provenBy(new RequestProof(requestId, signedAt, proof));
    }

    /** The signature over any other statement. */
    public String sign(byte[] statement) {
        return proof(statement);
    }

    private String proof(byte[] statement) {
        return SshKeygen.sign(
                key().orElseThrow(() -> Problem.usage(
                        purpose == Purpose.DECISION
                                ? "a signature is needed, and you have no key set up"
                                : "breaking the glass needs a key of its own, and you have none set up",
                        (purpose == Purpose.DECISION ? "incident init" : "incident init --break-glass")
                                + ", or give one with --key FILE")),
                statement,
                purpose.namespace());
    }

    /**
     * What is signed with it, checked before: that the plan on the screen is the one of the digest.
     *
     * @throws Problem if it is not, or if the cluster's uid is not known
     */
    public static String clusterUid(Proposal proposal) {
        if (proposal.plan() == null || !Digest.ofCanonical(proposal.plan()).equals(proposal.digest())) {
            throw Problem.refused(
                    "the plan that the incident shows is not the one of its digest; nothing was signed",
                    "incident doctor: somebody or something changes what Temporal answers");
        }
        DecisionTerms terms = proposal.terms();
        if (terms == null || terms.clusterUid() == null) {
            throw Problem.error(
                    "the uid of the cluster, which is signed as well, is not known to the worker",
                    "allow the worker's account to get namespace kube-system, then incident revise or start anew");
        }
        return terms.clusterUid();
    }
}

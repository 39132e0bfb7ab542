package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.ssh.AllowedSigners;
import io.k8sincident.activities.approval.ssh.AllowedSigners.Answer;
import io.k8sincident.activities.approval.ssh.AllowedSignersException;
import io.k8sincident.activities.approval.ssh.SshFormatException;
import io.k8sincident.activities.approval.ssh.SshPublicKey;
import io.k8sincident.activities.approval.ssh.SshSignature;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Knows people by their OpenSSH signatures. Where the policy accepts what has no proof, the name is what somebody typed,
 * and every record says so. The file of allowed signers is read anew each time.
 */
public final class SshProofs implements ProofVerifier {
    private static final int LONGEST_NAME = 100;

    private final Supplier<String> clusterUid;
    private final Optional<Path> otherSigners;

    /**
     * Checks with these.
     *
     * @param clusterUid of the kube-system namespace; may throw a {@link ClusterException}
     * @param otherSigners the file of allowed signers where the policy names none
     */
    public SshProofs(Supplier<String> clusterUid, Optional<Path> otherSigners) {
        this.clusterUid = clusterUid;
        this.otherSigners = otherSigners;
    }

    @Override
    public Identity identify(Claimed claimed, Policy policy) {
        Person claimant = claimant(claimed);
        String proof = claimed.proof();
        Optional<Path> signers = signers(policy);
        boolean required = policy.requireProof().value();
        if (!required && (proof == null || signers.isEmpty())) {
            return new Identity(claimant, Reason.ACCEPTED, "");
        }
        if (proof == null) {
            return new Identity(
                    claimant,
                    Reason.PROOF_MISSING,
                    policy.requireProof().place() + " demands a signature, and there is none");
        }
        if (signers.isEmpty()) {
            return new Identity(
                    claimant,
                    Reason.PROOF_INVALID,
                    policy.requireProof().place()
                            + " demands a signature, and no file says whose keys count; name it as"
                            + " decisions.allowedSigners in the policy");
        }
        return identify(claimed, claimant, proof, signers.get());
    }

    private Identity identify(Claimed claimed, Person claimant, String proof, Path signers) {
        String name = claimed.name();
        if (name == null || !SignerName.valid(name)) {
            return new Identity(
                    claimant,
                    Reason.PROOF_INVALID,
                    "a signed decision names its signer as the file of allowed signers does, in visible ASCII"
                            + " characters, not as '" + claimant.name() + "'");
        }
        try {
            SshSignature signature = SshSignature.parse(proof);
            String namespace = claimed.purpose().namespace();
            if (!signature.namespace().equals(namespace)) {
                throw new SshFormatException("the signature is for '"
                        + PlainText.shown(signature.namespace(), LONGEST_NAME) + "', not for " + namespace);
            }
            Answer answer = find(AllowedSigners.read(signers), name, signature.key(), claimed);
            if (answer.line().isEmpty()) {
                return new Identity(claimant, Reason.NOT_ALLOWED, answer.refusal());
            }
            answer.line().get().requireTouch(signature);
            requireSigned(claimed, signature);
            return new Identity(Person.verified(name, signature.key().fingerprint()), Reason.ACCEPTED, "");
        } catch (SshFormatException | AllowedSignersException e) {
            return new Identity(claimant, Reason.PROOF_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** A key that breaks the glass is for nothing else, so that nobody has it at hand by accident. */
    private static Answer find(AllowedSigners signers, String name, SshPublicKey key, Claimed claimed) {
        String namespace = claimed.purpose().namespace();
        return switch (claimed.purpose()) {
            case DECISION -> signers.find(name, key, namespace, claimed.at());
            case BREAK_GLASS -> signers.findReserved(name, key, namespace, Statement.NAMESPACE, claimed.at());
        };
    }

    private void requireSigned(Claimed claimed, SshSignature signature) {
        boolean signed;
        try {
            signed = signature.signs(Statement.of(claimed.fields(), clusterUid.get()));
        } catch (IllegalArgumentException e) {
            throw new SshFormatException("what is said to be signed has no canonical JSON");
        } catch (ClusterException e) {
            if (e.code().retryable()) {
                throw e;
            }
            throw new SshFormatException("the uid of this cluster, which is signed as well, cannot be read: "
                    + PlainText.shown(String.valueOf(e.getMessage()), 500));
        }
        if (!signed) {
            throw new SshFormatException("key " + signature.key().fingerprint()
                    + " did not sign exactly this for this cluster; another text, or another cluster was signed");
        }
    }

    @Override
    public Optional<String> objection(Person person, Purpose purpose, Policy policy, Instant at) {
        if (!policy.requireProof().value()) {
            return Optional.empty();
        }
        String key = person.key();
        if (!person.verified() || key == null) {
            return Optional.of(person.describe() + " gave no proof");
        }
        try {
            return signers(policy)
                    .map(path -> objection(AllowedSigners.read(path), person.name(), key, purpose, at))
                    .orElseGet(() -> Optional.of("no file says whose keys count"));
        } catch (AllowedSignersException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> objection(
            AllowedSigners signers, String name, String key, Purpose purpose, Instant at) {
        return switch (purpose) {
            case DECISION -> signers.objection(name, key, purpose.namespace(), at);
            case BREAK_GLASS -> signers.objectionReserved(name, key, purpose.namespace(), Statement.NAMESPACE, at);
        };
    }

    private Optional<Path> signers(Policy policy) {
        return policy.decisions().allowedSigners().map(Limit::value).or(() -> otherSigners);
    }

    private static Person claimant(Claimed claimed) {
        String name = claimed.name();
        return Person.unverified(name == null || name.isBlank() ? "anonymous" : PlainText.shown(name, LONGEST_NAME));
    }
}

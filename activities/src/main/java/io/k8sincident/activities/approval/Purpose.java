package io.k8sincident.activities.approval;

/** What a signature is made for: the namespace that OpenSSH puts under it. No signature for one counts for the other. */
public enum Purpose {
    /** Decisions, revisions and requests. */
    DECISION(Statement.NAMESPACE),
    /** Approvals against the policy, by keys that are for nothing else. */
    BREAK_GLASS("break-glass@k8sincident.io");

    private final String namespace;

    Purpose(String namespace) {
        this.namespace = namespace;
    }

    /** As in {@code ssh-keygen -Y sign -n}, and in the option {@code namespaces} of a file of allowed signers. */
    public String namespace() {
        return namespace;
    }
}

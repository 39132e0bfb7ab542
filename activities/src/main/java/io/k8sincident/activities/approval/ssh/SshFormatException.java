package io.k8sincident.activities.approval.ssh;

/** A key or a signature that is not exactly in OpenSSH's format, or of a kind that is not accepted. */
public final class SshFormatException extends RuntimeException {
    public SshFormatException(String message) {
        super(message);
    }
}

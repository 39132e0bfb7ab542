package io.k8sincident.activities.blob;

/** A blob could not be stored; the message says where, why and what to do. Nothing was stored in part. */
public final class BlobException extends RuntimeException {
    public BlobException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.k8sincident.workflows.model;

import java.time.Instant;

/**
 * What proves who started an incident.
 *
 * @param requestId counts once
 * @param signedAt soon after which the incident must have its plan
 * @param signature an OpenSSH signature over the request, these two and the cluster's uid
 */
public record RequestProof(String requestId, Instant signedAt, String signature) {}

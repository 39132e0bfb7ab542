package io.k8sincident.cli.real;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.plan.ObjectImage;
import java.net.URI;

/**
 * A write as two witnesses tell it that know nothing of each other: the API server's audit log and our trail.
 *
 * @param path of the object in the API
 * @param mark the plan and action that the object's annotation names afterwards
 * @param bodyDigest of the patch as canonical JSON
 */
record AcceptedWrite(String path, String mark, String bodyDigest) {
    /** One that the API server accepted, from an entry of level Request. */
    static AcceptedWrite logged(JsonNode entry) {
        JsonNode body = entry.path("requestObject");
        return new AcceptedWrite(
                URI.create(entry.path("requestURI").asText()).getPath(),
                body.path("metadata")
                        .path("annotations")
                        .path(ObjectImage.PLAN_ANNOTATION)
                        .asText(),
                Digest.ofCanonical(body));
    }

    /** One that our trail announced. */
    static AcceptedWrite announced(ChainedEntry intent) {
        return new AcceptedWrite(intent.detail("target"), intent.detail("mark"), intent.detail("patchDigest"));
    }
}

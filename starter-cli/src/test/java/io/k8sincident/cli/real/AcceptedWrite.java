package io.k8sincident.cli.real;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.plan.ObjectImage;

/**
 * A write as two witnesses tell it that know nothing of each other: the API server's audit log and our trail.
 *
 * @param object as the trail names a target: namespace, kind and name
 * @param mark the plan and action that the object's annotation names afterwards
 * @param bodyDigest of the patch as canonical JSON
 */
record AcceptedWrite(String object, String mark, String bodyDigest) {
    /** One that the API server accepted, from an entry of level Request. */
    static AcceptedWrite logged(JsonNode entry) {
        JsonNode body = entry.path("requestObject");
        JsonNode object = entry.path("objectRef");
        return new AcceptedWrite(
                String.join(
                        "/",
                        object.path("namespace").asText(),
                        object.path("resource").asText().replaceFirst("s$", ""),
                        object.path("name").asText()),
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

package io.k8sincident.activities.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.RequestProof;
import io.k8sincident.workflows.model.Revision;
import io.k8sincident.workflows.workflow.WireFormat;
import java.time.Instant;

/**
 * What is signed: RFC 8785 canonical JSON, in UTF-8, of all fields but the proof, and of the uid of the cluster's
 * kube-system namespace. Decisions, revisions and requests have other fields each, so a proof of one is none of another.
 */
public final class Statement {
    /** What a signature must be made for. */
    public static final String NAMESPACE = "decision@k8sincident.io";

    private static final String CLUSTER_UID = "clusterUid";
    private static final String PROOF = "proof";
    private static final ObjectMapper JSON = WireFormat.mapper();

    private Statement() {}

    /** Of a decision. */
    public static byte[] of(Decision decision, String clusterUid) {
        return of(JSON.<ObjectNode>valueToTree(decision), clusterUid);
    }

    /** Of a revision. */
    public static byte[] of(Revision revision, String clusterUid) {
        return of(JSON.<ObjectNode>valueToTree(revision), clusterUid);
    }

    /** Of a request to open an incident. */
    public static byte[] of(IncidentRequest request, String requestId, Instant signedAt, String clusterUid) {
        return of(fields(request, new RequestProof(requestId, signedAt, "")), clusterUid);
    }

    static ObjectNode fields(IncidentRequest request, RequestProof proof) {
        ObjectNode fields = JSON.valueToTree(request);
        fields.put("requester", request.requester().name());
        fields.put("requestId", proof.requestId());
        fields.put("signedAt", proof.signedAt().toString());
        return fields;
    }

    /**
     * Of the fields as they came, whatever they are.
     *
     * @throws IllegalArgumentException if they have no canonical form
     */
    static byte[] of(ObjectNode fields, String clusterUid) {
        ObjectNode statement = fields.deepCopy();
        statement.remove(PROOF);
        statement.put(CLUSTER_UID, clusterUid);
        requireUnicode(statement);
        return Digest.canonical(statement);
    }

    /** Half a surrogate pair has no form in UTF-8; it would be signed as if it were a question mark. */
    private static void requireUnicode(JsonNode node) {
        boolean half = node.isTextual()
                && node.textValue().codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
        if (half) {
            throw new IllegalArgumentException("it holds half of a surrogate pair");
        }
        node.forEach(Statement::requireUnicode);
    }
}

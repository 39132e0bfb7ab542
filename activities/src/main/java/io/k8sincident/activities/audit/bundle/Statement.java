package io.k8sincident.activities.audit.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An in-toto statement, version 1, about the records of one incident. */
record Statement(@JsonProperty("_type") String type, List<Subject> subject, String predicateType, Predicate predicate) {
    static final String TYPE = "https://in-toto.io/Statement/v1";
    static final String PREDICATE_TYPE = "https://k8sincident.io/audit-bundle/v1";

    private static final ObjectMapper MAPPER = WireFormat.mapper()
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    Statement {
        subject = List.copyOf(subject);
    }

    /** @param digest {@code sha256} of all the incident's lines, each with its line feed */
    record Subject(String name, Map<String, String> digest) {}

    /**
     * What is stated.
     *
     * @param trail the hash of the trail's first line
     * @param checkpoints those that the records' proofs lead to
     * @param keyChanges the trail's records that gave it another key, in order
     */
    record Predicate(
            String trail,
            String incident,
            Instant exportedAt,
            List<Checkpoint> checkpoints,
            List<Proven> records,
            List<Proven> keyChanges) {
        Predicate {
            checkpoints = List.copyOf(checkpoints);
            records = List.copyOf(records);
            keyChanges = List.copyOf(keyChanges);
        }
    }

    /**
     * A line and where it is in the trail.
     *
     * @param line as it stands in the trail
     * @param checkpoint sequence of the checkpoint whose root has it
     * @param path the hashes from the line to the root, as in RFC 6962
     */
    record Proven(String line, long checkpoint, List<String> path) {
        Proven {
            path = List.copyOf(path);
        }
    }

    static Statement of(Predicate predicate) {
        Subject subject = new Subject(predicate.incident(), Map.of("sha256", digest(predicate)));
        return new Statement(TYPE, List.of(subject), PREDICATE_TYPE, predicate);
    }

    /** Whether its subject is what its predicate is about. */
    boolean consistent() {
        return subject.size() == 1
                && subject.get(0).name().equals(predicate.incident())
                && digest(predicate).equals(subject.get(0).digest().get("sha256"));
    }

    private static String digest(Predicate predicate) {
        StringBuilder lines = new StringBuilder();
        predicate.records().forEach(record -> lines.append(record.line()).append('\n'));
        return Digest.of(lines.toString()).substring("sha256:".length());
    }

    byte[] json() throws IOException {
        return MAPPER.writeValueAsBytes(this);
    }

    /** Empty if these bytes are no such statement. */
    static Optional<Statement> parse(byte[] json) {
        try {
            Statement statement = MAPPER.readValue(json, Statement.class);
            return statement != null
                            && TYPE.equals(statement.type())
                            && PREDICATE_TYPE.equals(statement.predicateType())
                    ? Optional.of(statement)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}

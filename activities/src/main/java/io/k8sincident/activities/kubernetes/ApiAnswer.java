package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.activities.redaction.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What came back of one read: an HTTP answer, or why there is none. Immutable. */
final class ApiAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_PROBLEM = 200;
    private static final int GZIP_BUFFER = 64 * 1024;

    private final int code;
    private final byte[] body;
    private final boolean cut;
    private final boolean stopped;
    private final @Nullable Throwable failure;

    private ApiAnswer(int code, byte[] body, boolean cut, boolean stopped, @Nullable Throwable failure) {
        this.code = code;
        this.body = body;
        this.cut = cut;
        this.stopped = stopped;
        this.failure = failure;
    }

    static ApiAnswer of(int code, BodyTail body) {
        return new ApiAnswer(code, body.bytes(), body.cut(), body.stopped(), null);
    }

    /**
     * The same of a compressed body. An API server compresses what is long: decrypting it would take a process that has
     * just started longer than unpacking it does.
     */
    static ApiAnswer ofGzip(int code, BodyTail body) {
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body.bytes()), GZIP_BUFFER)) {
            byte[] whole = unpacked.readNBytes(BodyTail.LARGEST_PAGE + 1);
            return whole.length > BodyTail.LARGEST_PAGE
                    ? none(new IOException("the answer is longer than " + BodyTail.LARGEST_PAGE + " bytes"))
                    : new ApiAnswer(code, whole, false, false, null);
        } catch (IOException e) {
            return none(new IOException("the compressed answer cannot be read: " + e.getMessage()));
        }
    }

    static ApiAnswer none(Throwable failure) {
        return new ApiAnswer(0, new byte[0], false, false, failure);
    }

    /** The HTTP status, 0 if none came. */
    int code() {
        return code;
    }

    /** Why there is no answer; null if there is one. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether the beginning of the body is missing. */
    boolean cut() {
        return cut;
    }

    /** Whether the end of the body is missing. */
    boolean stopped() {
        return stopped;
    }

    boolean isEmpty() {
        return body.length == 0;
    }

    boolean ok() {
        return failure == null && code >= 200 && code < 300;
    }

    /** The JSON object in the body; empty if it holds anything else, or was cut short. */
    Optional<ObjectNode> object() {
        try {
            return JSON.readTree(body) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The list in the body; empty if it holds anything else, or was cut short. */
    Optional<ObjectNode> list() {
        return object().filter(ListAnswer::is);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** What went wrong in one line, such as {@code 403 Forbidden: pods is forbidden: …}. */
    String problem() {
        if (failure != null) {
            return ReadFailure.describe(failure);
        }
        if (ok()) {
            return code
                    + (object().isPresent()
                            ? " with an object that is no list"
                            : " with a body that is no JSON object");
        }
        ObjectNode status = object().orElseGet(JSON::createObjectNode);
        JsonNode message = status.path("message");
        String words = status.path("reason").asText("") + (message.asText("").isEmpty() ? "" : ": " + message.asText());
        String said = words.isBlank() ? text() : words;
        return Printable.line(Redactor.text(code + " " + said), LONGEST_PROBLEM);
    }
}

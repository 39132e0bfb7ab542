package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Bodies in Kubernetes' protobuf form, which kubectl uses for some of its commands whatever the server prefers. Only
 * the kinds of those commands are understood ({@code create namespace|serviceaccount|configmap|secret}, {@code auth
 * can-i}, evictions); field numbers are those of the generated.proto files of k8s.io/api.
 */
final class ProtobufBody {
    static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    /** How a field's value is read. */
    private sealed interface Shape {
        /** Text, a number, a flag, or a list of texts. */
        enum Scalar implements Shape {
            TEXT,
            BYTES,
            NUMBER,
            FLAG,
            TEXTS,
            TEXT_MAP,
            BYTES_MAP
        }

        /** A message with fields of its own. */
        record Message(Map<Integer, Field> fields) implements Shape {}
    }

    private record Field(String name, Shape shape) {}

    private static final Shape.Message META = message(Map.of(
            1, text("name"),
            2, text("generateName"),
            3, text("namespace"),
            11, new Field("labels", Shape.Scalar.TEXT_MAP),
            12, new Field("annotations", Shape.Scalar.TEXT_MAP)));
    private static final Field METADATA = new Field("metadata", META);
    private static final Shape.Message ATTRIBUTES = message(Map.of(
            1, text("namespace"),
            2, text("verb"),
            3, text("group"),
            4, text("version"),
            5, text("resource"),
            6, text("subresource"),
            7, text("name")));
    private static final Shape.Message DELETE_OPTIONS = message(Map.of(
            1, new Field("gracePeriodSeconds", Shape.Scalar.NUMBER),
            2, new Field("preconditions", message(Map.of(1, text("uid"), 2, text("resourceVersion")))),
            3, new Field("orphanDependents", Shape.Scalar.FLAG),
            4, text("propagationPolicy"),
            5, new Field("dryRun", Shape.Scalar.TEXTS)));
    private static final Map<String, Shape.Message> KINDS = Map.of(
            "Namespace", message(Map.of(1, METADATA)),
            "ServiceAccount", message(Map.of(1, METADATA)),
            "ConfigMap", message(Map.of(1, METADATA, 2, new Field("data", Shape.Scalar.TEXT_MAP))),
            "Secret", message(Map.of(1, METADATA, 2, new Field("data", Shape.Scalar.BYTES_MAP), 3, text("type"))),
            "DeleteOptions", DELETE_OPTIONS,
            "Eviction", message(Map.of(1, METADATA, 2, new Field("deleteOptions", DELETE_OPTIONS))),
            "SelfSubjectRulesReview", message(Map.of(2, new Field("spec", message(Map.of(1, text("namespace")))))),
            "SelfSubjectAccessReview",
                    message(Map.of(
                            2, new Field("spec", message(Map.of(1, new Field("resourceAttributes", ATTRIBUTES)))))));

    private ProtobufBody() {}

    /** The object in the body; 415 for a kind that is not understood, 400 for bytes that are no message. */
    static ObjectNode parse(byte[] body) {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                throw StatusException.badRequest("the body does not begin as a protobuf object does");
            }
            Shape.Message type = message(Map.of(1, text("apiVersion"), 2, text("kind")));
            ObjectNode envelope =
                    read(in, message(Map.of(1, new Field("type", type), 2, new Field("raw", Shape.Scalar.BYTES))));
            String kind = Json.text(envelope, "type", "kind");
            Shape.Message shape = KINDS.get(kind);
            if (shape == null) {
                throw StatusException.of(
                        415,
                        "UnsupportedMediaType",
                        "the practice cluster does not read a " + kind + " in protobuf form; send it as JSON or YAML,"
                                + " for instance with kubectl apply -f");
            }
            byte[] raw = Base64.getDecoder().decode(Json.text(envelope, "raw"));
            ObjectNode object = Json.asObject(envelope.path("type"));
            object.setAll(read(ByteBuffer.wrap(raw), shape));
            return object;
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
            throw StatusException.badRequest("the body ends too early for a protobuf object");
        }
    }

    private static ObjectNode read(ByteBuffer in, Shape.Message shape) {
        ObjectNode object = Json.object();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Field field = shape.fields().get((int) (tag >> 3));
            switch ((int) (tag & 7)) {
                case 0 -> {
                    long value = varint(in);
                    if (field != null) {
                        put(object, field, value);
                    }
                }
                case 1 -> in.getLong();
                case 2 -> {
                    byte[] value = new byte[length(in)];
                    in.get(value);
                    if (field != null) {
                        put(object, field, value);
                    }
                }
                case 5 -> in.getInt();
                default -> throw new IllegalArgumentException("unknown wire type");
            }
        }
        return object;
    }

    private static void put(ObjectNode object, Field field, long value) {
        if (field.shape() == Shape.Scalar.FLAG) {
            object.put(field.name(), value != 0);
        } else {
            object.put(field.name(), value);
        }
    }

    private static void put(ObjectNode object, Field field, byte[] value) {
        if (field.shape() instanceof Shape.Message message) {
            object.set(field.name(), read(ByteBuffer.wrap(value), message));
        } else if (field.shape() == Shape.Scalar.TEXTS) {
            object.withArray(field.name()).add(new String(value, StandardCharsets.UTF_8));
        } else if (field.shape() == Shape.Scalar.BYTES) {
            object.put(field.name(), Base64.getEncoder().encodeToString(value));
        } else if (field.shape() == Shape.Scalar.TEXT_MAP || field.shape() == Shape.Scalar.BYTES_MAP) {
            Shape shape = field.shape() == Shape.Scalar.TEXT_MAP ? Shape.Scalar.TEXT : Shape.Scalar.BYTES;
            JsonNode entry =
                    read(ByteBuffer.wrap(value), message(Map.of(1, text("key"), 2, new Field("value", shape))));
            Json.childObject(object, field.name()).put(Json.text(entry, "key"), Json.text(entry, "value"));
        } else {
            String text = new String(value, StandardCharsets.UTF_8);
            if (!text.isEmpty()) {
                object.put(field.name(), text);
            }
        }
    }

    private static int length(ByteBuffer in) {
        long length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        return (int) length;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number too long");
    }

    private static Field text(String name) {
        return new Field(name, Shape.Scalar.TEXT);
    }

    private static Shape.Message message(Map<Integer, Field> fields) {
        return new Shape.Message(fields);
    }
}

package io.k8sincident.activities.evidence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;

/**
 * Snapshots as bytes: JSON in UTF-8 with the fields of the cluster's objects in alphabetical order, so that the same snapshot has
 * the same bytes and the same digest, whatever the API server's order was. Numbers stay exact. Thread-safe.
 */
public final class Snapshots {
    private static final ObjectMapper MAPPER = WireFormat.mapper()
            .configure(JsonNodeFeature.WRITE_PROPERTIES_SORTED, true)
            .registerModule(new SimpleModule()
                    .addSerializer(Resource.class, new ResourceWriter())
                    .addDeserializer(Resource.class, new ResourceReader()));

    private Snapshots() {}

    /** The bytes of a snapshot. */
    public static byte[] toBytes(Snapshot snapshot) {
        try {
            return MAPPER.writeValueAsBytes(snapshot);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a snapshot is always representable as JSON", e);
        }
    }

    /**
     * The snapshot with these bytes.
     *
     * @throws IllegalArgumentException if they are not those of a snapshot
     */
    public static Snapshot fromBytes(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, new TypeReference<Snapshot>() {});
        } catch (IOException e) {
            throw new IllegalArgumentException("these bytes are no snapshot: " + e.getMessage(), e);
        }
    }

    private static final class ResourceWriter extends JsonSerializer<Resource> {
        @Override
        public void serialize(Resource resource, JsonGenerator json, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(resource.fields().json(), json);
        }
    }

    private static final class ResourceReader extends JsonDeserializer<Resource> {
        @Override
        public Resource deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Resource.of(context.readValue(json, JsonNode.class));
        }
    }
}

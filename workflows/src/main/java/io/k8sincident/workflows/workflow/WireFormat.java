package io.k8sincident.workflows.workflow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/**
 * How records travel: Temporal's JSON, tolerant of fields that a newer version wrote. Used by workers, clients and tests
 * alike, so that a rolling upgrade reads what either side sends.
 */
public final class WireFormat {
    private WireFormat() {}

    /** A converter of its own for each caller; thread-safe. */
    public static DataConverter dataConverter() {
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(mapper()));
    }

    /** The JSON mapper of everything that the project writes. */
    public static ObjectMapper mapper() {
        return JacksonJsonPayloadConverter.newDefaultObjectMapper()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    }
}

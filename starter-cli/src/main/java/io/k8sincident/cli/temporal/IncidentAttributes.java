package io.k8sincident.cli.temporal;

import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An incident's search attributes; empty where the server does not have them. */
public record IncidentAttributes(
        String phase, String cause, String risk, @Nullable Instant deadline) {
    static IncidentAttributes of(SearchAttributes attributes) {
        return new IncidentAttributes(
                text(attributes, IncidentSearchAttributes.PHASE),
                text(attributes, IncidentSearchAttributes.CAUSE),
                text(attributes, IncidentSearchAttributes.RISK),
                time(attributes));
    }

    /** Whether the server keeps them at all. */
    boolean present() {
        return !phase.isEmpty();
    }

    private static String text(SearchAttributes attributes, SearchAttributeKey<?> key) {
        Payload payload = attributes.getIndexedFieldsMap().get(key.getName());
        if (payload == null) {
            return "";
        }
        try {
            String text = DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class);
            return text == null ? "" : text;
        } catch (DataConverterException e) {
            return "";
        }
    }

    private static @Nullable Instant time(SearchAttributes attributes) {
        String text = text(attributes, IncidentSearchAttributes.APPROVAL_DEADLINE);
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}

package io.k8sincident.activities.audit.chain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** What a line is looked up by. */
public record Heading(long sequence, String incident, String event) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A line's, read no further than it has to be: it may be no record for all that. Empty if it has none.
     *
     * @param line without its line feed
     */
    public static Optional<Heading> of(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Heading> read(JsonParser parser) throws IOException {
        long sequence = 0;
        String incident = null;
        String event = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "sequence" -> sequence = parser.getLongValue();
                case "incident" -> incident = parser.getText();
                case "event" -> event = parser.getText();
                default -> parser.skipChildren();
            }
            if (sequence > 0 && incident != null && event != null) {
                return Optional.of(new Heading(sequence, incident, event));
            }
        }
        return Optional.empty();
    }
}

package io.k8sincident.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.workflow.WireFormat;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes records as JSON or YAML documents with {@code apiVersion} and {@code kind}, safe to look at on a terminal. */
public final class Documents {
    private static final String API_VERSION = "k8sincident.io/v1";

    private final ObjectMapper mapper = WireFormat.mapper();

    /** A document of this kind with the fields of the record beside it. */
    public String write(OutputFormat format, String kind, Object content) {
        ObjectNode document =
                mapper.createObjectNode().put("apiVersion", API_VERSION).put("kind", kind);
        document.setAll((ObjectNode) mapper.<JsonNode>valueToTree(content));
        return write(format, document);
    }

    /** A value that is a whole document already. */
    public String write(OutputFormat format, Object document) {
        try {
            return format == OutputFormat.YAML
                    ? yaml(document)
                    : Escape.json(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not representable as JSON: " + document.getClass(), e);
        }
    }

    private String yaml(Object document) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setUseUnicodeEncoding(false)
                .setWidth(120)
                .build();
        return new Dump(settings).dumpToString(mapper.convertValue(document, Map.class));
    }
}

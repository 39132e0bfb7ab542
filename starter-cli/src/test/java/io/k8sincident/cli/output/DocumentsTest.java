package io.k8sincident.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private final Documents documents = new Documents();

    @Test
    void beginsWithApiVersionAndKind() {
        assertThat(documents.write(OutputFormat.JSON, "IncidentList", Map.of("items", "none")))
                .isEqualTo("{\n  \"apiVersion\" : \"k8sincident.io/v1\",\n  \"kind\" : \"IncidentList\",\n"
                        + "  \"items\" : \"none\"\n}");
    }

    @Test
    void escapesHostileTextInJsonWithoutChangingItsMeaning() {
        assertThat(documents.write(OutputFormat.JSON, Map.of("a", "x\u202ey"))).contains("\"x\\u202ey\"");
    }

    @Test
    void escapesHostileTextInYaml() {
        assertThat(documents.write(OutputFormat.YAML, Map.of("a", "x\u202ey\u001b")))
                .isEqualTo("a: \"x\\u202ey\\e\"\n");
    }
}

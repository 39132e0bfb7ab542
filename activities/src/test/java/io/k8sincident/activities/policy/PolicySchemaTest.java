package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The published schema says the same as the loader, as far as a schema can say it. */
class PolicySchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What only the loader can know; everything else that it refuses, the schema must refuse, too. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "duplicate key",
            "is no usable expression",
            "which is no IANA time zone",
            "has the name '",
            "which namespaces.allow does not name",
            "which another name has too",
            "differs from another only in case",
            "ends when it begins",
            "is not after ",
            "which is neither a date",
            "is longer than 24h",
            "is no path",
            "is no YAML");

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(read(Path.of("..", "docs", "policy.schema.json")));

    @Test
    void acceptsThePoliciesThatThereAre() {
        assertThat(schema.validate(yaml(PolicyFile.shippedText()))).isEmpty();
        assertThat(schema.validate(yaml(full()))).isEmpty();
        assertThat(Policy.parse("full.yaml", full()).rules()).hasSize(2);
    }

    /** Every key of the full policy, one at a time, is taken away, emptied, or given a value of another type. */
    @Test
    void refusesWhatTheLoaderRefusesAndAcceptsWhatItAccepts() {
        int accepted = 0;
        int refused = 0;
        Random random = new Random(7);
        JsonNode full = yaml(full());
        for (JsonNode changed : Mutants.of(full, random)) {
            String text = changed.toString();
            String error = error(text);
            boolean valid = schema.validate(changed).isEmpty();
            if (error.isEmpty()) {
                accepted++;
                assertThat(valid).as("the loader accepts " + text).isTrue();
            } else if (BEYOND_A_SCHEMA.stream().noneMatch(error::contains)) {
                refused++;
                assertThat(valid).as(error + " in " + text).isFalse();
            }
        }
        assertThat(accepted).isGreaterThan(30);
        assertThat(refused).isGreaterThan(300);
    }

    private static String error(String text) {
        try {
            var unused = Policy.parse("policy.yaml", text);
            return "";
        } catch (PolicyException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static String full() {
        return read(Path.of("src", "test", "resources", "policies", "full.yaml"));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String text) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    @Test
    void knowsThatATextThatIsNoYamlIsNoPolicy() {
        List<String> broken = new ArrayList<>(List.of("a: b: c", "[", "\t"));
        broken.forEach(text -> {
            try {
                assertThat(schema.validate(yaml(text))).isNotEmpty();
            } catch (YamlEngineException e) {
                assertThat(error(text)).contains("is no YAML");
            }
        });
    }
}

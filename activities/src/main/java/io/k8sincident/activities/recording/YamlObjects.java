package io.k8sincident.activities.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.ClusterException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML documents with Kubernetes objects, as {@code kubectl get -o yaml} writes them: without aliases. */
final class YamlObjects {
    /** Takes tens of times its size in memory, so less is taken than of JSON. */
    static final int LARGEST_BYTES = 32 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private YamlObjects() {}

    static void read(InputStream yaml, Path file, ObjectCollector into) throws IOException {
        byte[] bytes = yaml.readNBytes(LARGEST_BYTES + 1);
        if (bytes.length > LARGEST_BYTES) {
            throw RecordingProblem.of(
                    file, "has more than " + LARGEST_BYTES + " bytes of YAML", "write it with -o json, or less of it");
        }
        LoadSettings settings = LoadSettings.builder()
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(LARGEST_BYTES)
                .build();
        try {
            for (Object document : new Load(settings).loadAllFromInputStream(new ByteArrayInputStream(bytes))) {
                if (document != null) {
                    ByteArrayOutputStream json = new ByteArrayOutputStream();
                    MAPPER.writeValue(json, MAPPER.<JsonNode>valueToTree(document));
                    new JsonObjects(RecordingProblem.name(file), into)
                            .read(new ByteArrayInputStream(json.toByteArray()));
                }
            }
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw wrong(file, e);
        } catch (StackOverflowError e) {
            throw RecordingProblem.of(
                    file, "is nested too deeply to be objects of Kubernetes", "write it with -o json");
        }
    }

    private static ClusterException wrong(Path file, RuntimeException problem) {
        String place = problem instanceof MarkedYamlEngineException marked
                ? marked.getProblem()
                        + marked.getProblemMark()
                                .map(at -> " at line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1))
                                .orElse("")
                : String.valueOf(problem.getMessage());
        return RecordingProblem.of(file, "is neither JSON nor YAML: " + place, "give what kubectl get -o json wrote");
    }
}

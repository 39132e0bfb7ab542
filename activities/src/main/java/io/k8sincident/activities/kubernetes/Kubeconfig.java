package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A kubeconfig file (client.authentication and config API v1). Read here rather than by the client library, since that
 * takes half a second, and does not say which file, line or name is wrong.
 */
record Kubeconfig(Path file, Fields content) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SECTIONS = List.of("contexts", "clusters", "users");
    private static final List<String> PATHS =
            List.of("certificate-authority", "client-certificate", "client-key", "tokenFile");
    private static final int LARGEST = 8 * 1024 * 1024;

    /**
     * The contents of one file.
     *
     * @throws ClusterException if it is missing, unreadable or no kubeconfig; names the file, and the
     *     line if known
     */
    static Kubeconfig read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw invalid(file, "it is larger than " + LARGEST / 1024 / 1024 + " MiB", null);
            }
            Object yaml = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            Fields content = Fields.of(JSON.valueToTree(yaml));
            if (!content.json().isObject()) {
                throw invalid(file, content.present() ? "it is no YAML mapping" : "it is empty", null);
            }
            resolvePaths(file, content.json());
            return new Kubeconfig(file, content);
        } catch (NoSuchFileException e) {
            throw new ClusterException(
                    ErrorCode.INVALID_INPUT,
                    "There is no kubeconfig " + file + ". Nothing was read or changed."
                            + " Next: give one with --kubeconfig or KUBECONFIG.",
                    e);
        } catch (CharacterCodingException e) {
            throw invalid(file, "it is not UTF-8 text", e);
        } catch (IOException e) {
            throw invalid(file, "it cannot be read: " + e.getMessage(), e);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ")
                    .orElse("");
            throw invalid(file, line + e.getProblem(), e);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw invalid(file, String.valueOf(e.getMessage()), e);
        }
    }

    static ClusterException invalid(Path file, String why, @Nullable Throwable cause) {
        String message = "The kubeconfig " + file + " is malformed: " + why
                + ". Nothing was read or changed. Next: correct it, and see 'kubectl config view --kubeconfig " + file
                + "'.";
        return cause == null
                ? new ClusterException(ErrorCode.INVALID_INPUT, message)
                : new ClusterException(ErrorCode.INVALID_INPUT, message, cause);
    }

    String currentContext() {
        return content.text("current-context");
    }

    List<String> contexts() {
        return content.list("contexts").stream()
                .map(entry -> entry.text("name"))
                .toList();
    }

    Optional<Fields> context(String name) {
        return entry("contexts", name).map(entry -> entry.child("context"));
    }

    Optional<Fields> cluster(String name) {
        return entry("clusters", name).map(entry -> entry.child("cluster"));
    }

    Optional<Fields> user(String name) {
        return entry("users", name).map(entry -> entry.child("user"));
    }

    private Optional<Fields> entry(String section, String name) {
        return content.list(section).stream()
                .filter(entry -> entry.text("name").equals(name))
                .findFirst();
    }

    /** Several files count as one: of entries with the same name the first wins, as in kubectl. */
    static Kubeconfig merged(List<Kubeconfig> files) {
        if (files.size() == 1) {
            return files.get(0);
        }
        ObjectNode all = JSON.createObjectNode();
        for (String section : SECTIONS) {
            ArrayNode entries = all.putArray(section);
            files.forEach(file -> file.content.list(section).forEach(entry -> entries.add(entry.json())));
        }
        files.stream()
                .map(Kubeconfig::currentContext)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .ifPresent(name -> all.put("current-context", name));
        return new Kubeconfig(files.get(0).file, Fields.of(all));
    }

    /** Paths in the file are relative to its directory. */
    private static void resolvePaths(Path file, JsonNode content) {
        for (String section : SECTIONS) {
            for (JsonNode entry : content.path(section)) {
                for (JsonNode body : entry) {
                    for (String field : PATHS) {
                        String path = body.path(field).asText();
                        if (!path.isEmpty() && body instanceof ObjectNode object) {
                            object.put(
                                    field,
                                    file.toAbsolutePath().resolveSibling(path).toString());
                        }
                    }
                }
            }
        }
    }
}

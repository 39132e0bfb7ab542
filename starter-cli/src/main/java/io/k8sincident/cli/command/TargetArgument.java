package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.temporal.ResourceType;
import io.k8sincident.workflows.model.Target;
import java.util.List;

/** Reads {@code TYPE/NAME} and {@code TYPE NAME}. */
final class TargetArgument {
    private TargetArgument() {}

    /**
     * The object that is meant.
     *
     * @throws Problem if the words are not a type and a name
     */
    static Target parse(List<String> words, String namespace) {
        List<String> parts = List.of(String.join("/", words).split("/", -1));
        if (parts.size() != 2 || parts.contains("")) {
            throw Problem.usage(
                    "'" + String.join(" ", words) + "' is not TYPE/NAME or TYPE NAME",
                    "for example deployment/crashy -n demo");
        }
        ResourceType type = ResourceType.named(parts.get(0))
                .orElseThrow(() -> Problem.usage(
                        "the type '" + parts.get(0) + "' is not known", "one of " + ResourceType.choices()));
        return type.target(namespace, parts.get(1));
    }
}

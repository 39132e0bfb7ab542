package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Problem;
import io.k8sincident.workflows.model.HumanValue;
import java.util.List;

/** Reads the values of {@code --set}. */
final class HumanValues {
    private HumanValues() {}

    /**
     * The values.
     *
     * @throws Problem if one is not CONTAINER.FIELD=VALUE
     */
    static List<HumanValue> parse(List<String> texts) {
        try {
            return texts.stream().map(HumanValue::parse).toList();
        } catch (IllegalArgumentException e) {
            throw Problem.usage("--set " + e.getMessage(), "correct it and try again")
                    .causedBy(e);
        }
    }
}

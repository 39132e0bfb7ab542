package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Style;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Risk;

/** Colours that mean something: green is good, yellow waits for somebody, red is bad. */
public final class Tone {
    private Tone() {}

    public static Style of(Risk risk) {
        return switch (risk) {
            case LOW -> Style.GREEN;
            case MEDIUM -> Style.YELLOW;
            case HIGH -> Style.RED;
        };
    }

    public static Style of(Outcome outcome) {
        return switch (outcome.exitCode()) {
            case 0 -> Style.GREEN;
            case 6 -> Style.RED;
            default -> Style.YELLOW;
        };
    }
}

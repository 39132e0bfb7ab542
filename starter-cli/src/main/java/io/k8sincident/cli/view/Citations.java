package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import java.util.List;

/** Where a claim comes from: {@code [E1 E4]}. */
final class Citations {
    private Citations() {}

    static Text of(List<String> evidence) {
        return evidence.isEmpty() ? Text.of("") : Text.of(" [" + String.join(" ", evidence) + "]", Style.CYAN);
    }
}

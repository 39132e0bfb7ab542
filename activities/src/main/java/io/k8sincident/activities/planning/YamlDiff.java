package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.k8sincident.activities.plan.ObjectImage;
import java.util.List;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The unified diff of two images as YAML: what a human approves. */
final class YamlDiff {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONTEXT_LINES = 3;

    private YamlDiff() {}

    /** The diff, without secrets; empty if nothing changes. What is not ASCII is escaped. */
    static String between(ObjectImage before, ObjectImage after, UnaryOperator<String> redactor) {
        Masking masking = new Masking(redactor);
        List<String> from = lines(masking.mask(before.json()));
        List<String> to = lines(masking.mask(after.json()));
        return String.join(
                "\n",
                UnifiedDiffUtils.generateUnifiedDiff("before", "after", from, DiffUtils.diff(from, to), CONTEXT_LINES));
    }

    private static List<String> lines(JsonNode node) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setUseUnicodeEncoding(false)
                .setSplitLines(false)
                .build();
        return new Dump(settings)
                .dumpToString(JSON.convertValue(node, Object.class))
                .lines()
                .toList();
    }
}

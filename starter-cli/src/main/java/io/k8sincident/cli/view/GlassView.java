package io.k8sincident.cli.view;

import io.k8sincident.cli.audit.BrokenGlass;
import io.k8sincident.cli.audit.GlassReview;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import java.util.ArrayList;
import java.util.List;

/** The report of broken glass: what is to be reviewed, and what was. */
public final class GlassView {
    private GlassView() {}

    public static List<Text> lines(List<BrokenGlass> all) {
        List<BrokenGlass> open =
                all.stream().filter(broken -> broken.review() == null).toList();
        List<Text> lines = new ArrayList<>();
        if (all.isEmpty()) {
            lines.add(Text.of("the trail tells of no broken glass"));
        }
        if (!open.isEmpty()) {
            lines.add(Text.of("Break-glass: review needed", Style.RED));
            open.forEach(broken -> lines.addAll(one(broken)));
        }
        if (open.size() < all.size()) {
            lines.add(Text.of("Break-glass: reviewed", Style.BOLD));
            all.stream().filter(broken -> broken.review() != null).forEach(broken -> lines.addAll(one(broken)));
        }
        return lines;
    }

    private static List<Text> one(BrokenGlass broken) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of("  " + broken.incident(), Style.BOLD)
                .and("   " + broken.at() + "   record " + broken.record()));
        lines.add(Screen.label("by", String.join(", ", broken.people())));
        lines.add(Screen.label("why", broken.why()));
        broken.against().forEach(line -> lines.add(Screen.label("lifted", line)));
        lines.add(Screen.label("decision", broken.decisionId()));
        GlassReview review = broken.review();
        lines.add(
                review == null
                        ? Screen.label("next", "incident audit review " + broken.incident() + " --reason '…'")
                        : Screen.label(
                                "reviewed", "by " + review.describe() + " at " + review.at() + ": " + review.reason()));
        return lines;
    }
}

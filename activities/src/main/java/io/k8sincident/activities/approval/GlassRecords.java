package io.k8sincident.activities.approval;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.BreakGlass.Lifted;
import io.k8sincident.workflows.model.Lift;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the trail tells that somebody went ahead against the policy. */
public final class GlassRecords {
    /** The event of an approval that lifted something; it stands before its ruling. */
    public static final String BROKEN = "break_glass";

    private static final String WHY = "breakGlass";
    private static final String LIFTED = "lifted";
    private static final String AGAINST = "against";
    private static final String PEOPLE = "brokenBy";

    private GlassRecords() {}

    /** Marks the entry of an attempt, whatever comes of it. */
    static void attempt(Map<String, String> detail, String why) {
        detail.put(WHY, why);
    }

    /** Says what was lifted, and by whom. */
    static void put(Map<String, String> detail, BreakGlass broken) {
        detail.put(
                LIFTED,
                broken.lifted().stream()
                        .map(each -> each.what().key())
                        .distinct()
                        .collect(Collectors.joining(" ")));
        detail.put(AGAINST, broken.lifted().stream().map(Lifted::describe).collect(Collectors.joining("\n")));
        detail.put(PEOPLE, String.join("\n", broken.by()));
    }

    /** Whether an entry is of an approval that was to break the glass. */
    public static boolean attempted(ChainedEntry entry) {
        return !why(entry).isEmpty();
    }

    /** Why, in the words of who did it. */
    public static String why(ChainedEntry entry) {
        return entry.detail(WHY);
    }

    /** Against which lines, each in words. */
    public static List<String> against(ChainedEntry entry) {
        return lines(entry.detail(AGAINST));
    }

    /** The names of those who broke it together. */
    public static List<String> people(ChainedEntry entry) {
        return lines(entry.detail(PEOPLE));
    }

    /** What was lifted; empty for a normal decision. */
    public static Set<Lift> lifted(ChainedEntry entry) {
        List<String> keys = List.of(entry.detail(LIFTED).split(" "));
        Set<Lift> lifted = EnumSet.noneOf(Lift.class);
        Arrays.stream(Lift.values()).filter(lift -> keys.contains(lift.key())).forEach(lifted::add);
        return lifted;
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}

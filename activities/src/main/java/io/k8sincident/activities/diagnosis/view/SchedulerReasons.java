package io.k8sincident.activities.diagnosis.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scheduler's message about a pod that it cannot place, taken apart: {@code 0/3 nodes are available: 2 Insufficient
 * cpu, 1 node(s) were unschedulable. …}. Reads the wording of releases 1.20 to 1.36; what follows the first sentence
 * (preemption, claims to deallocate) is no reason and is left out.
 *
 * @param counts how many nodes were refused for which reason, in the order of the message
 * @param uncounted what it says without a count, such as a claim that does not exist; empty if nothing
 */
public record SchedulerReasons(Map<String, Integer> counts, String uncounted) {
    private static final String NODES = "nodes are available: ";

    /** Reads a message; one of another form has no counts and is uncounted as a whole. */
    public static SchedulerReasons of(String message) {
        int start = message.indexOf(NODES);
        if (start < 0) {
            return new SchedulerReasons(Map.of(), message.strip());
        }
        String reasons = withoutTail(message.substring(start + NODES.length()));
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        String open = "";
        for (String part : reasons.split(", ", -1)) {
            int count = leadingCount(part);
            if (count > 0) {
                open = part.substring(part.indexOf(' ') + 1);
                counts.put(open, count);
            } else if (!open.isEmpty()) {
                // A comma inside a reason: releases before 1.22 write "had taint {a: b}, that the pod didn't tolerate".
                int counted = counts.getOrDefault(open, 1);
                counts.remove(open);
                open = open + ", " + part;
                counts.put(open, counted);
            } else {
                rest.add(part);
            }
        }
        return new SchedulerReasons(counts, String.join(", ", rest));
    }

    private static String withoutTail(String text) {
        String reasons = text;
        for (String tail : List.of(" no new claims to deallocate", " preemption:")) {
            int at = reasons.indexOf(tail);
            reasons = at < 0 ? reasons : reasons.substring(0, at);
        }
        reasons = reasons.strip();
        return reasons.endsWith(".") ? reasons.substring(0, reasons.length() - 1) : reasons;
    }

    private static int leadingCount(String part) {
        int space = part.indexOf(' ');
        if (space < 1 || space > 6) {
            return 0;
        }
        String number = part.substring(0, space);
        return number.chars().allMatch(Character::isDigit) ? Integer.parseInt(number) : 0;
    }

    /** How many nodes were refused for a reason that contains this text. */
    public int count(String part) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().contains(part))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}

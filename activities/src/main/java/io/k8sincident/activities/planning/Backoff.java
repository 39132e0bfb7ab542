package io.k8sincident.activities.planning;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The longest back-off in a snapshot, from the kubelet's words: {@code back-off 1m20s restarting failed container}. */
final class Backoff {
    private static final Pattern WORDS =
            Pattern.compile("back-off (?:(\\d{1,3})m)?(?:(\\d{1,4})s)? ?restarting failed container");

    private Backoff() {}

    static Duration longest(Snapshot snapshot, String namespace) {
        return messages(snapshot, namespace)
                .map(Backoff::read)
                .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    private static Stream<String> messages(Snapshot snapshot, String namespace) {
        List<String> messages = new ArrayList<>();
        for (Resource object : snapshot.objects()) {
            if (object.namespace().equals(namespace) && object.kind().equals("Event")) {
                messages.add(object.fields().text("message"));
            }
            if (object.namespace().equals(namespace) && object.kind().equals("Pod")) {
                for (String list : List.of("containerStatuses", "initContainerStatuses")) {
                    for (Fields status : object.fields().list("status", list)) {
                        messages.add(status.text("state", "waiting", "message"));
                    }
                }
            }
        }
        return messages.stream();
    }

    private static Duration read(String message) {
        Matcher matcher = WORDS.matcher(message);
        return matcher.find()
                ? Duration.ofMinutes(number(matcher.group(1))).plusSeconds(number(matcher.group(2)))
                : Duration.ZERO;
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}

package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event, as the API server aggregated it: one reason and message of one object, with how often and when. Understands
 * the fields of core/v1 and those of events.k8s.io/v1.
 */
public record EventView(Resource event) {
    /**
     * How old the newest event of something that goes on may be: a kubelet that has written 25 events about one pod writes
     * one in five minutes (its spam filter, all releases).
     */
    static final Duration SPAM_FILTER = Duration.ofSeconds(330);

    /** Newest first; among those of one second by reason and message. */
    public static final Comparator<EventView> NEWEST_FIRST = Comparator.comparing(
                    (EventView view) -> view.last().orElse(Instant.EPOCH))
            .reversed()
            .thenComparing(EventView::reason)
            .thenComparing(EventView::message);

    private Fields fields() {
        return event.fields();
    }

    private Fields about() {
        return fields().has("involvedObject") ? fields().child("involvedObject") : fields().child("regarding");
    }

    public String reason() {
        return fields().text("reason");
    }

    public String message() {
        String message = Message.of(fields(), "message");
        return message.isEmpty() ? Message.of(fields(), "note") : message;
    }

    public boolean warning() {
        return fields().text("type").equals("Warning");
    }

    /** How often it was seen, at least once. */
    public long count() {
        OptionalLong series = fields().number("series", "count");
        return Math.max(1, series.orElse(fields().number("count").orElse(1)));
    }

    public Optional<Instant> first() {
        return fields().time("firstTimestamp")
                .or(() -> fields().time("eventTime"))
                .or(() -> fields().time("metadata", "creationTimestamp"));
    }

    public Optional<Instant> last() {
        return fields().time("series", "lastObservedTime")
                .or(() -> fields().time("lastTimestamp"))
                .or(() -> fields().time("eventTime"))
                .or(() -> fields().time("metadata", "creationTimestamp"));
    }

    /** The kind of the object that it is about. */
    public String kind() {
        return about().text("kind");
    }

    public String namespace() {
        return about().text("namespace");
    }

    public String name() {
        return about().text("name");
    }

    public String uid() {
        return about().text("uid");
    }

    /** The container that it is about, from a field path such as {@code spec.containers{app}}; empty if none. */
    public String container() {
        String path = about().text("fieldPath");
        int open = path.indexOf('{');
        int close = path.lastIndexOf('}');
        return open >= 0 && close > open ? path.substring(open + 1, close) : "";
    }

    public boolean is(String reason) {
        return reason().equals(reason);
    }

    /** Whether it has this reason and its message contains this text. */
    public boolean says(String reason, String part) {
        return is(reason) && message().contains(part);
    }

    /** This event as a fact. */
    public Fact fact() {
        String times = count() == 1 ? "" : " ×" + count();
        return new Fact(
                "Event " + reason() + " of " + kind() + "/" + name(),
                reason() + times + ": " + message(),
                reason() + "\n" + message() + "\n" + uid());
    }
}

package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One thing that happened to an incident.
 *
 * @param at when
 * @param event in one word
 * @param text in words
 */
public record TimelineEntry(Instant at, String event, String text, Style style) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    static final String ENDED = "ended";
    private static final int EVENT_WIDTH = 11;

    /** Whether it is the end of the incident. */
    public boolean ends() {
        return event.equals(ENDED);
    }

    /** One line, with the time of day in a zone. */
    public Text line(ZoneId zone) {
        return Text.of(CLOCK.format(at.atZone(zone)) + "  ", Style.DIM)
                .and(Text.of(event, style).padded(EVENT_WIDTH))
                .and(text);
    }
}

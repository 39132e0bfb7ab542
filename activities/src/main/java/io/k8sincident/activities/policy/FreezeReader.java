package io.k8sincident.activities.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code freeze} of a policy. */
final class FreezeReader {
    private static final String END_OF_DAY = "24:00";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private FreezeReader() {}

    /** @param allowed the namespaces that the policy allows: a freeze of any other would freeze nothing */
    static List<Freeze> read(@Nullable YamlNode list, Set<String> allowed) {
        if (list == null) {
            return List.of();
        }
        List<Freeze> freezes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode element : list.elements()) {
            Map<String, YamlNode> fields =
                    element.fields(Set.of("name", "timeZone", "weekly", "days", "from", "to", "namespaces"));
            String name = element.required(fields, "name").label();
            if (!names.add(name)) {
                throw element.error("has the name '" + name + "' again; give it one of its own");
            }
            freezes.add(new Freeze(
                    name,
                    zone(element.required(fields, "timeZone")),
                    times(element, fields),
                    namespaces(fields.get("namespaces"), allowed),
                    element.place()));
        }
        return freezes;
    }

    private static ZoneId zone(YamlNode node) {
        if (!ZONES.contains(node.text())) {
            throw node.error("is '" + node.text() + "', which is no IANA time zone, such as Europe/Berlin or UTC");
        }
        return ZoneId.of(node.text());
    }

    private static Set<String> namespaces(@Nullable YamlNode list, Set<String> allowed) {
        Set<String> namespaces = new LinkedHashSet<>();
        if (list != null) {
            for (YamlNode element : list.elements()) {
                if (!namespaces.add(element.namespaceAmong(allowed))) {
                    throw element.error("names '" + element.text() + "' again; remove one of the two");
                }
            }
        }
        return namespaces;
    }

    private static List<Frozen> times(YamlNode freeze, Map<String, YamlNode> fields) {
        YamlNode weekly = fields.get("weekly");
        YamlNode days = fields.get("days");
        boolean ends = fields.containsKey("from") || fields.containsKey("to");
        if (weekly != null && days == null && !ends) {
            return List.of(weekly(weekly));
        }
        if (weekly != null || !ends) {
            throw freeze.error("needs one of: weekly (from and to, such as FRI 18:00), days with from and to (such as"
                    + " 22:00), or from and to as dates (such as 2026-12-20)");
        }
        YamlNode from = freeze.required(fields, "from");
        YamlNode to = freeze.required(fields, "to");
        return days == null ? List.of(dates(from, to)) : onDays(days, from, to);
    }

    private static Frozen weekly(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(Set.of("from", "to"));
        YamlNode from = node.required(fields, "from");
        YamlNode to = node.required(fields, "to");
        String[] start = dayAndTime(from);
        String[] end = dayAndTime(to);
        Optional<DayOfWeek> fromDay = day(start[0]);
        Optional<DayOfWeek> toDay = day(end[0]);
        if (fromDay.isEmpty() || toDay.isEmpty()) {
            throw (fromDay.isEmpty() ? from : to).error("must be a day and a time, such as FRI 18:00");
        }
        return weekly(fromDay.get(), time(from, start[1], false), toDay.get(), to, end[1]);
    }

    private static Frozen weekly(DayOfWeek fromDay, LocalTime from, DayOfWeek toDay, YamlNode to, String end) {
        boolean midnight = end.equals(END_OF_DAY);
        LocalTime until = time(to, end, true);
        boolean whole = midnight
                ? toDay.plus(1) == fromDay && from.equals(LocalTime.MIN)
                : toDay == fromDay && until.equals(from);
        if (whole) {
            throw to.error("ends when it begins, so it would hold always; to change nothing in a namespace, deny it");
        }
        return new FrozenWeekly(fromDay, from, toDay, until, midnight);
    }

    private static String[] dayAndTime(YamlNode node) {
        String[] parts = node.text().split(" ", -1);
        if (parts.length != 2) {
            throw node.error("must be a day and a time, such as FRI 18:00");
        }
        return parts;
    }

    private static List<Frozen> onDays(YamlNode days, YamlNode from, YamlNode to) {
        List<Frozen> times = new ArrayList<>();
        Set<DayOfWeek> seen = new HashSet<>();
        LocalTime start = time(from, from.text(), false);
        boolean midnight = to.text().equals(END_OF_DAY);
        LocalTime end = time(to, to.text(), true);
        for (YamlNode element : days.elements()) {
            DayOfWeek day = day(element.text())
                    .orElseThrow(() -> element.error(
                            "is '" + element.text() + "'; days are MON, TUE, WED, THU, FRI," + " SAT, SUN"));
            if (!seen.add(day)) {
                throw element.error("names a day again; remove one of the two");
            }
            DayOfWeek endDay = midnight || end.isAfter(start) ? day : day.plus(1);
            times.add(new FrozenWeekly(day, start, endDay, end, midnight));
        }
        return times;
    }

    private static Optional<DayOfWeek> day(String text) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().substring(0, 3).equals(text))
                .findFirst();
    }

    /** For 24:00 the midnight that its day begins with; the caller knows. */
    private static LocalTime time(YamlNode node, String text, boolean mayEndDay) {
        if (mayEndDay && text.equals(END_OF_DAY)) {
            return LocalTime.MIN;
        }
        try {
            return LocalTime.parse(text, TIME);
        } catch (DateTimeParseException e) {
            throw node.error("has no time such as 06:00" + (mayEndDay ? " or 24:00" : "") + ": '" + text + "'");
        }
    }

    /** A day without a time is the whole day, also as the end. */
    private static Frozen dates(YamlNode from, YamlNode to) {
        LocalDateTime start = date(from).map(LocalDate::atStartOfDay).orElseGet(() -> minute(from));
        LocalDateTime end = date(to).map(day -> day.plusDays(1).atStartOfDay()).orElseGet(() -> minute(to));
        if (!start.isBefore(end)) {
            throw to.error("is not after " + start + ", when the freeze begins");
        }
        return new FrozenDates(start, end);
    }

    private static Optional<LocalDate> date(YamlNode node) {
        try {
            return Optional.of(LocalDate.parse(node.text(), DATE));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime minute(YamlNode node) {
        try {
            return LocalDateTime.parse(node.text(), MINUTE);
        } catch (DateTimeParseException e) {
            throw node.error("is '" + node.text()
                    + "', which is neither a date such as 2026-12-20 nor a local time such as" + " 2026-12-20T18:00");
        }
    }
}

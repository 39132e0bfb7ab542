package io.k8sincident.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as kubectl does: {@code 90s}, {@code 30m}, {@code 1h30m}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (duration.isNegative() || duration.isZero()) {
                throw new TypeConversionException("'" + text + "' is not a positive duration such as 30m");
            }
            return duration;
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 90s, 30m or 1h30m");
        }
    }
}

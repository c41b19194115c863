package io.millrace.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment as users type it: a time with its zone, or how long ago.
 *
 * @param time the moment
 */
public record Moment(Instant time) {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})\\s*([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    /** Reads what the user typed. */
    public static final class Converter implements ITypeConverter<Moment> {
        private final InstantSource clock;

        /** Made by picocli. */
        public Converter() {
            this(InstantSource.system());
        }

        Converter(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public Moment convert(String text) {
            Matcher ago = AGO.matcher(text.strip());
            if (ago.matches()) {
                Duration unit = UNITS.getOrDefault(ago.group(2), Duration.ZERO);
                return new Moment(clock.instant().minus(unit.multipliedBy(Long.parseLong(ago.group(1)))));
            }
            try {
                return new Moment(OffsetDateTime.parse(text.strip()).toInstant());
            } catch (DateTimeException e) {
                throw new TypeConversionException("`" + Printable.line(text)
                        + "` is neither a time with its zone, such as 2026-03-01T12:00:00Z or"
                        + " 2026-03-01T13:00:00+01:00, nor how long ago, such as 30m, 2h or 7d");
            }
        }
    }
}

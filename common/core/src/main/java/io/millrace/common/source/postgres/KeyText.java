package io.millrace.common.source.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;

/** Turns the value of a key's column back into text that Postgres reads as the column's type. */
final class KeyText {

    private static final long MICROS_OF_A_DAY = 86_400_000_000L;

    /** Postgres knows no year with a sign, and none of fewer than four digits. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NEVER)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT);

    private KeyText() {}

    static String of(JsonNode value, RowTypes.Type type) throws IOException {
        return switch (type.name()) {
            case "io.debezium.time.Date" -> {
                LocalDate date = LocalDate.ofEpochDay(value.asLong());
                yield DATE.format(date) + era(date);
            }
            case "io.debezium.time.Timestamp" -> timestamp(value.asLong() * 1_000);
            case "io.debezium.time.MicroTimestamp" -> timestamp(value.asLong());
            case "io.debezium.time.Time" -> time(value.asLong() * 1_000);
            case "io.debezium.time.MicroTime" -> time(value.asLong());
            default ->
                type.type().equals("bytes") ? "\\x" + HexFormat.of().formatHex(value.binaryValue()) : value.asText();
        };
    }

    private static String time(long micros) {
        return micros == MICROS_OF_A_DAY
                ? "24:00"
                : LocalTime.ofNanoOfDay(micros * 1_000).toString();
    }

    private static String timestamp(long micros) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return DATE.format(time) + "T" + time.toLocalTime() + era(time.toLocalDate());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }
}

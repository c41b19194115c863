package io.millrace.common.source.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Turns the value of a key's column back into text that Postgres reads as the column's type. */
final class KeyText {

    private KeyText() {}

    static String of(JsonNode value, RowTypes.Type type) throws IOException {
        return switch (type.name()) {
            case "io.debezium.time.Date" -> LocalDate.ofEpochDay(value.asLong()).toString();
            case "io.debezium.time.Timestamp" -> timestamp(value.asLong() * 1_000);
            case "io.debezium.time.MicroTimestamp" -> timestamp(value.asLong());
            case "io.debezium.time.Time" ->
                LocalTime.ofNanoOfDay(value.asLong() * 1_000_000).toString();
            case "io.debezium.time.MicroTime" ->
                LocalTime.ofNanoOfDay(value.asLong() * 1_000).toString();
            default ->
                type.type().equals("bytes") ? "\\x" + HexFormat.of().formatHex(value.binaryValue()) : value.asText();
        };
    }

    private static String timestamp(long micros) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }
}

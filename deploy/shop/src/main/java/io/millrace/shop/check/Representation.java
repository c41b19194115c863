package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How one kind of target writes a value, taken back to the canonical form that the source is read in. */
enum Representation {

    /** Documents: dates as ISO text, JSON nested, decimals as numbers. */
    DOCUMENT {
        @Override
        JsonNode element(SourceColumn column, JsonNode found) {
            return document(column, found);
        }
    },

    /** The same with decimals as text, which JavaScript reads without losing digits. */
    DOCUMENT_WITH_TEXT_DECIMALS {
        @Override
        JsonNode element(SourceColumn column, JsonNode found) {
            return column.type() == ColumnType.DECIMAL ? decimalText(found) : document(column, found);
        }
    },

    /** Debezium's rows: days and microseconds as numbers, JSON and decimals as text. */
    DEBEZIUM {
        @Override
        JsonNode element(SourceColumn column, JsonNode found) {
            return switch (column.type()) {
                case DECIMAL -> decimalText(found);
                case JSON -> Json.parse(text(found));
                case DATE ->
                    TextNode.valueOf(LocalDate.ofEpochDay(number(found)).toString());
                case TIME -> micros(LocalTime.ofNanoOfDay(number(found) * nanosPerUnit(column)));
                case TIMESTAMP -> micros(epoch(number(found), nanosPerUnit(column)));
                default -> document(column, found);
            };
        }
    },

    /** ClickHouse's own JSON: times in UTC whether they have a zone or not, JSON as text, numerics of any size too. */
    CLICKHOUSE {
        @Override
        JsonNode element(SourceColumn column, JsonNode found) {
            return switch (column.type()) {
                case DECIMAL -> found.isTextual() ? decimalText(found) : require(found.isNumber(), found, "a number");
                case JSON -> Json.parse(text(found));
                case TIMESTAMP -> micros(LocalDateTime.ofInstant(Instant.parse(text(found)), ZoneOffset.UTC));
                default -> document(column, found);
            };
        }
    };

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    /** Takes one value that is not null and not an array to its canonical form. */
    abstract JsonNode element(SourceColumn column, JsonNode found);

    /**
     * Takes a value to its canonical form.
     *
     * @throws IllegalArgumentException if it is not in the target's representation
     */
    JsonNode canonical(SourceColumn column, JsonNode found) {
        try {
            if (found.isNull() || !column.array()) {
                return found.isNull() ? found : element(column, found);
            }
            if (!found.isArray()) {
                throw new IllegalArgumentException("it is not an array");
            }
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            found.forEach(item -> array.add(item.isNull() ? item : element(column, item)));
            return array;
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static JsonNode document(SourceColumn column, JsonNode found) {
        return switch (column.type()) {
            case NUMBER, REAL, DOUBLE, DECIMAL -> require(found.isNumber(), found, "a number");
            case BOOLEAN -> require(found.isBoolean(), found, "true or false");
            case JSON -> found;
            case TEXT, BYTES -> require(found.isTextual(), found, "text");
            case DATE -> TextNode.valueOf(LocalDate.parse(text(found)).toString());
            case TIME -> micros(LocalTime.parse(text(found)));
            case TIMESTAMP -> micros(LocalDateTime.parse(text(found)));
            case TIMESTAMP_WITH_ZONE -> zoned(text(found));
        };
    }

    private static JsonNode zoned(String text) {
        if (!text.endsWith("Z")) {
            throw new IllegalArgumentException("a timestamp with time zone is written in UTC and ends with Z");
        }
        return TextNode.valueOf(micros(LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC))
                        .textValue()
                + "Z");
    }

    private static JsonNode decimalText(JsonNode found) {
        return JsonNodeFactory.instance.numberNode(new BigDecimal(text(found)));
    }

    private static long nanosPerUnit(SourceColumn column) {
        return column.precision() <= 3 ? 1_000_000 : 1_000;
    }

    private static LocalDateTime epoch(long units, long nanosPerUnit) {
        long perSecond = 1_000_000_000 / nanosPerUnit;
        int nanos = (int) (Math.floorMod(units, perSecond) * nanosPerUnit);
        return LocalDateTime.ofEpochSecond(Math.floorDiv(units, perSecond), nanos, ZoneOffset.UTC);
    }

    private static JsonNode micros(LocalTime time) {
        return TextNode.valueOf(TIME.format(time));
    }

    private static JsonNode micros(LocalDateTime time) {
        return TextNode.valueOf(TIMESTAMP.format(time));
    }

    private static String text(JsonNode found) {
        return require(found.isTextual(), found, "text").textValue();
    }

    private static long number(JsonNode found) {
        return require(found.isIntegralNumber(), found, "a whole number").longValue();
    }

    private static JsonNode require(boolean holds, JsonNode found, String what) {
        if (!holds) {
            throw new IllegalArgumentException("it is not " + what);
        }
        return found;
    }
}

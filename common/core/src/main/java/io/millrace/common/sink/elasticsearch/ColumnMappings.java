package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.serde.Column;

/**
 * The field mapping a column gets from its kind. The document keeps every value exactly, whatever the mapping: it
 * decides only what can be searched, sorted and aggregated.
 *
 * <ul>
 *   <li>A decimal is a double, for ranges and sums, with a keyword {@code .exact} beside it. One that a double cannot
 *       hold (NaN too) is found by {@code .exact} only.
 *   <li>A text is analysed, with a keyword {@code .keyword} beside it for its first 256 characters.
 *   <li>A date or timestamp is indexed in milliseconds.
 *   <li>JSON is kept and not indexed: no document can add fields to the mapping. A route's own mapping can index
 *       chosen fields of it.
 * </ul>
 */
final class ColumnMappings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEYWORD_LENGTH = 256;

    /** A Lucene term has at most 32,766 bytes; four bytes a character stay below it. */
    private static final int LONGEST_KEYWORD = 8191;

    private static final String FRACTIONS = "[.SSSSSSSSS][.SSSSSSSS][.SSSSSSS][.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]";

    /** Elasticsearch's own format ends with the year 9999; Postgres' dates and its infinity do not. */
    private static final String DATES =
            "strict_date_optional_time||uuuu-MM-dd||uuuu-MM-dd'T'HH:mm:ss" + FRACTIONS + "[X]";

    private ColumnMappings() {}

    static ObjectNode of(Column column) {
        return switch (column.kind()) {
            case INTEGER -> type("long");
            case FLOAT -> type("double").put("ignore_malformed", true);
            case DECIMAL -> withField(type("double").put("ignore_malformed", true), "exact", KEYWORD_LENGTH);
            case BOOLEAN -> type("boolean");
            case TEXT -> withField(type("text"), "keyword", KEYWORD_LENGTH);
            case KEYWORD, TIME, OTHER -> type("keyword").put("ignore_above", LONGEST_KEYWORD);
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> type("date").put("format", DATES);
            case BYTES -> type("binary");
            case JSON -> type("object").put("enabled", false);
            case ARRAY -> column.items() == null ? type("object").put("enabled", false) : of(column.items());
        };
    }

    private static ObjectNode type(String name) {
        return JSON.createObjectNode().put("type", name);
    }

    private static ObjectNode withField(ObjectNode mapping, String name, int ignoreAbove) {
        mapping.putObject("fields").set(name, type("keyword").put("ignore_above", ignoreAbove));
        return mapping;
    }
}

package io.millrace.common.serde;

/** How Debezium wrote the values of a column into JSON, where that is not how a document shows them. */
public enum ValueEncoding {
    /** The document shows the value as it came. */
    AS_IS,
    /** Days since 1970-01-01. */
    DAYS,
    TIME_MILLIS,
    TIME_MICROS,
    TIME_NANOS,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    TIMESTAMP_NANOS,
    /** ISO-8601 text with a {@code Z} behind it, though Postgres' type has no zone. */
    ISO_ZULU,
    /** A number as text. */
    DECIMAL_TEXT,
    /** The unscaled number, big-endian, in base64; the schema has the scale. */
    DECIMAL_BYTES,
    /** {@code {"scale":2,"value":"base64"}}. */
    DECIMAL_STRUCT,
    /** A JSON value as text. */
    JSON_TEXT,
    /** UTF-8 text in base64: a Postgres type that Debezium does not know. */
    TEXT_BYTES,
    /** The bits of a {@code bit(n)}, little-endian, in base64. */
    BITS,
    /** A list of values of another column's encoding. */
    LIST
}

package io.millrace.common.serde;

/** What a column holds, as far as a target has to care: more than Connect's type, less than Postgres'. */
public enum ColumnKind {
    INTEGER,
    /** A binary floating-point number; NaN and the infinities are texts. */
    FLOAT,
    /** An exact number of any size. */
    DECIMAL,
    BOOLEAN,
    /** Prose and any other text that is read by people. */
    TEXT,
    /** A text that is compared as a whole: uuid, enum, network address, range. */
    KEYWORD,
    /** Any JSON value, nested in the document. */
    JSON,
    /** Base64 text. */
    BYTES,
    /** {@code 2024-02-29}. */
    DATE,
    /** {@code 23:59:59.999999}, with an offset if the column has one. */
    TIME,
    /** {@code 2024-02-29T23:59:59.999999}, without a zone. */
    TIMESTAMP,
    /** {@code 2024-02-29T23:59:59.999999Z}. */
    TIMESTAMP_TZ,
    /** A list; {@link Column#items()} tells of what. */
    ARRAY,
    /** Anything else, in Postgres' own text form. */
    OTHER
}

package io.millrace.common.serde.declared;

/** Debezium's {@code decimal.handling.mode}: how it writes exact numbers. */
public enum DecimalHandling {
    PRECISE,
    STRING,
    DOUBLE
}

package io.millrace.common.serde.declared;

/** Debezium's {@code time.precision.mode}: how it writes dates and times without a zone. */
public enum TimePrecision {
    ADAPTIVE,
    ADAPTIVE_TIME_MICROSECONDS,
    CONNECT,
    ISOSTRING,
    MICROSECONDS,
    NANOSECONDS
}

package io.millrace.common.sink.redis;

/** How a written row stands in Redis. */
public enum RedisForm {
    /** A text under its key: the row as JSON. */
    JSON,
    /** A hash with a field for each column that is not null; what is nested in one is JSON. */
    HASH
}

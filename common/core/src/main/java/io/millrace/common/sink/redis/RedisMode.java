package io.millrace.common.sink.redis;

/** What Redis is to a table. */
public enum RedisMode {
    /** A cache that services fill: a change deletes the key. */
    INVALIDATE,
    /** A copy of the row as JSON: a change sets the key, a delete deletes it. */
    WRITE
}

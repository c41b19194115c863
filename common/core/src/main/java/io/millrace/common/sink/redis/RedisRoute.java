package io.millrace.common.sink.redis;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the rows of a table.
 *
 * @param table schema and name, as {@code public.users}
 * @param timeToLive of a written value, from its last change; null if it stays
 * @param include the columns that a written value holds; empty for all
 * @param exclude the columns that it leaves out; at most one of both is given
 * @param deleteAgainAfter when an invalidated key is deleted once more, because a reader may have put the old row back;
 *     null for never
 * @param form of what is written
 */
public record RedisRoute(
        String table,
        RedisMode mode,
        KeyTemplate key,
        @Nullable Duration timeToLive,
        Set<String> include,
        Set<String> exclude,
        @Nullable Duration deleteAgainAfter,
        RedisForm form)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public RedisRoute {
        include = Set.copyOf(include);
        exclude = Set.copyOf(exclude);
    }

    public static RedisRoute invalidate(String table, String key) {
        return new RedisRoute(
                table, RedisMode.INVALIDATE, KeyTemplate.parse(key), null, Set.of(), Set.of(), null, RedisForm.JSON);
    }

    public static RedisRoute write(String table, String key) {
        return new RedisRoute(
                table, RedisMode.WRITE, KeyTemplate.parse(key), null, Set.of(), Set.of(), null, RedisForm.JSON);
    }

    /** Returns the same, whose rows are written as hashes. */
    public RedisRoute asHash() {
        return new RedisRoute(table, mode, key, timeToLive, include, exclude, deleteAgainAfter, RedisForm.HASH);
    }

    public RedisRoute withTimeToLive(Duration duration) {
        return new RedisRoute(table, mode, key, duration, include, exclude, deleteAgainAfter, form);
    }

    public RedisRoute including(Set<String> columns) {
        return new RedisRoute(table, mode, key, timeToLive, columns, exclude, deleteAgainAfter, form);
    }

    public RedisRoute excluding(Set<String> columns) {
        return new RedisRoute(table, mode, key, timeToLive, include, columns, deleteAgainAfter, form);
    }

    public RedisRoute deletingAgainAfter(Duration delay) {
        return new RedisRoute(table, mode, key, timeToLive, include, exclude, delay, form);
    }
}

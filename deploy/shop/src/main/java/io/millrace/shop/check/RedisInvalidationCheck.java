package io.millrace.shop.check;

import java.net.URI;
import java.util.List;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A cache that a pipeline only invalidates: values that were planted before every row changed must all be gone.
 * Every value that is still there is stale.
 */
public final class RedisInvalidationCheck implements Check {

    private final URI uri;
    private final String prefix;
    private final String table;
    private int planted;

    /**
     * Checks the cached values of one table.
     *
     * @param prefix what the table's keys begin with and no other table's do, such as {@code user:}
     */
    public RedisInvalidationCheck(String uri, String prefix, String table) {
        this.uri = URI.create(uri);
        this.prefix = prefix;
        this.table = table;
    }

    /** Caches stale values for rows 1 to count of a table whose key is one number. */
    public void plant(int count) {
        try (RedisClient redis = RedisClient.create(uri)) {
            for (int id = 1; id <= count; id++) {
                redis.set(prefix + id, "{\"id\":" + id + ",\"stale\":true}");
            }
        } catch (JedisException e) {
            throw new TargetException("Redis cannot be written: " + e.getMessage(), e);
        }
        planted += count;
    }

    @Override
    public String target() {
        return "redis." + table;
    }

    @Override
    public CheckResult run(SourceSnapshot source) {
        SourceTable shape = source.table(table);
        Comparison comparison = new Comparison(shape, Representation.DOCUMENT);
        try (RedisClient redis = RedisClient.create(uri)) {
            RedisKeys.scan(
                    redis,
                    prefix,
                    key -> comparison.differs(new RowKey(List.of(key)), "*", "invalidated", "a cached value"));
        } catch (JedisException e) {
            throw new TargetException("Redis cannot be read: " + e.getMessage(), e);
        }
        return comparison.result(target(), planted);
    }
}

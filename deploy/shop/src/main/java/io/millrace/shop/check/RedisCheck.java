package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The keys of one prefix in Redis against a table: one JSON value per row, none left of a deleted row, and beside each
 * key, under <code>{key}:v</code>, the version that was captured.
 */
public final class RedisCheck implements Check {

    private final URI uri;
    private final String prefix;
    private final String table;
    private final @Nullable TopicCheck versions;

    /**
     * Checks the keys of one table.
     *
     * @param prefix what the table's keys begin with and no other table's do, such as {@code product:}
     * @param versions the topic whose versions the keys must have; null if they are not compared
     */
    public RedisCheck(String uri, String prefix, String table, @Nullable TopicCheck versions) {
        this.uri = URI.create(uri);
        this.prefix = prefix;
        this.table = table;
        this.versions = versions;
    }

    @Override
    public String target() {
        return "redis." + table;
    }

    @Override
    public CheckResult run(SourceSnapshot source) {
        SourceTable shape = source.table(table);
        Comparison comparison = new Comparison(shape, Representation.DOCUMENT_WITH_TEXT_DECIMALS);
        Map<RowKey, FoundRow> found = new TreeMap<>();
        try (RedisClient redis = RedisClient.create(uri)) {
            RedisKeys.scanVersionedValues(redis, prefix, entry -> add(shape, comparison, found, entry));
        } catch (JedisException e) {
            throw new TargetException("Redis cannot be read: " + e.getMessage(), e);
        }
        comparison.compare(source.rows(table), found);
        if (versions != null) {
            TopicState topic = versions.read(source);
            found.forEach((key, row) -> {
                if (row.version() != topic.lastVersion(key)) {
                    comparison.differs(key, "version", topic.lastVersion(key), row.version());
                }
            });
        }
        return comparison.result(target(), source.rows(table).size());
    }

    private static void add(
            SourceTable shape, Comparison comparison, Map<RowKey, FoundRow> found, RedisKeys.Entry entry) {
        try {
            JsonNode row = Json.parse(entry.value());
            RowKey rowKey = shape.keyOf(row);
            if (found.put(rowKey, new FoundRow(row, version(entry))) != null) {
                comparison.differs(rowKey, "key", "one key", "another one, " + entry.key());
            }
        } catch (IllegalArgumentException e) {
            comparison.differs(new RowKey(List.of(entry.key())), "*", "a row", String.valueOf(e.getMessage()));
        }
    }

    /** A version is decimal text with leading zeros. */
    private static long version(RedisKeys.Entry entry) {
        return entry.version() == null ? FoundRow.NO_VERSION : Long.parseLong(entry.version());
    }
}

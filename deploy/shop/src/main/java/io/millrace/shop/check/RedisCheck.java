package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** The keys of one prefix in Redis against a table: one JSON value per row, none left of a deleted row. */
public final class RedisCheck implements Check {

    private final URI uri;
    private final String prefix;
    private final String table;

    /**
     * Checks the keys of one table.
     *
     * @param prefix what the table's keys begin with and no other table's do, such as {@code product:}
     */
    public RedisCheck(String uri, String prefix, String table) {
        this.uri = URI.create(uri);
        this.prefix = prefix;
        this.table = table;
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
            RedisKeys.scanValues(redis, prefix, (key, value) -> add(shape, comparison, found, key, value));
        } catch (JedisException e) {
            throw new TargetException("Redis cannot be read: " + e.getMessage(), e);
        }
        comparison.compare(source.rows(table), found);
        return comparison.result(target(), source.rows(table).size());
    }

    private void add(SourceTable shape, Comparison comparison, Map<RowKey, FoundRow> found, String key, String value) {
        try {
            JsonNode row = Json.parse(value);
            RowKey rowKey = shape.keyOf(row);
            if (found.put(rowKey, new FoundRow(row, FoundRow.NO_VERSION)) != null) {
                comparison.differs(rowKey, "key", "one key", "another one, " + key);
            }
        } catch (IllegalArgumentException e) {
            comparison.differs(new RowKey(List.of(key)), "*", "a row", String.valueOf(e.getMessage()));
        }
    }
}

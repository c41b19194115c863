package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/** Damages one row of a target behind the pipeline's back, so that a check can prove that it is able to fail. */
public final class Sabotage {

    private static final String DAMAGE = "sabotaged";

    private Sabotage() {}

    /** Changes one text of one document and leaves its version as it was; returns the row's key. */
    public static String elasticsearch(String url, String index, SourceSnapshot source, String table) {
        ElasticsearchHttp http = new ElasticsearchHttp(url);
        JsonNode hit = http.send("POST", "/" + index + "/_search", "{\"size\":1,\"version\":true}")
                .path("hits")
                .path("hits")
                .path(0);
        ObjectNode row = object(hit.path("_source"), "index " + index);
        SourceTable shape = source.table(table);
        String path = "/" + hit.path("_index").asText() + "/_doc/"
                + ElasticsearchHttp.encoded(hit.path("_id").asText())
                + "?refresh=true&version_type=external_gte&version="
                + hit.path("_version").asLong();
        http.send("PUT", path, damaged(row, shape).toString());
        return shape.keyOf(row).toString();
    }

    /** Changes one text of one value that is cached under the prefix; returns the row's key. */
    public static String redis(String uri, String prefix, SourceSnapshot source, String table) {
        SourceTable shape = source.table(table);
        try (RedisClient redis = RedisClient.create(URI.create(uri))) {
            AtomicReference<@Nullable String> any = new AtomicReference<>();
            RedisKeys.scan(redis, prefix, any::set);
            @Nullable String key = any.get();
            if (key == null) {
                throw new TargetException("Redis has no key " + prefix + "* to damage");
            }
            ObjectNode row = object(Json.parse(String.valueOf(redis.get(key))), "Redis key " + key);
            redis.set(key, damaged(row, shape).toString());
            return shape.keyOf(row).toString();
        }
    }

    /** Plants a value in a cache that is only ever invalidated; returns its key. */
    public static String redisInvalidated(String uri, String prefix) {
        try (RedisClient redis = RedisClient.create(URI.create(uri))) {
            redis.set(prefix + "1", "{\"id\":1,\"" + DAMAGE + "\":true}");
            return prefix + "1";
        }
    }

    /** Writes one row again with its version and another text, which then wins; returns the row's key. */
    public static String clickhouse(String url, String name, SourceSnapshot source, String table) {
        SourceTable shape = source.table(table);
        ClickHouseHttp http = new ClickHouseHttp(url);
        List<ObjectNode> rows = new ArrayList<>();
        String where = " FROM " + name + " FINAL WHERE _is_deleted = 0";
        http.rows("SELECT *" + where + " ORDER BY " + String.join(", ", shape.keyColumns()) + " LIMIT 1", rows::add);
        ObjectNode row = object(rows.isEmpty() ? MissingNode.getInstance() : rows.get(0), "table " + name);
        http.send("INSERT INTO " + name + " SELECT * REPLACE ('" + DAMAGE + "' AS " + damagedColumn(shape) + ")" + where
                + " ORDER BY " + String.join(", ", shape.keyColumns()) + " LIMIT 1");
        return shape.keyOf(row).toString();
    }

    /** Appends a change to a topic that nobody made, with the last one's version; returns the row's key. */
    public static String topic(String bootstrap, String topic, SourceSnapshot source, String table) {
        TopicForgery forgery = new TopicForgery(source, table);
        new TopicReader(bootstrap, topic).readOn(forgery::consider);
        return forgery.send(bootstrap, topic);
    }

    private static ObjectNode damaged(ObjectNode row, SourceTable shape) {
        ObjectNode copy = row.deepCopy();
        damage(copy, shape);
        return copy;
    }

    static void damage(ObjectNode row, SourceTable shape) {
        row.put(damagedColumn(shape), DAMAGE);
    }

    private static String damagedColumn(SourceTable shape) {
        return shape.columns().stream()
                .filter(candidate -> candidate.type() == ColumnType.TEXT && !candidate.array())
                .filter(candidate -> !shape.keyColumns().contains(candidate.name()))
                .map(SourceColumn::name)
                .findFirst()
                .orElseThrow(() -> new TargetException("table " + shape.name() + " has no text column to damage"));
    }

    private static ObjectNode object(JsonNode row, String where) {
        if (row instanceof ObjectNode object) {
            return object;
        }
        throw new TargetException(where + " has no row to damage");
    }
}

package io.millrace.benchmarks.cdc;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.latency.ProbeWatch.Probe;
import io.millrace.benchmarks.stage.RestCalls;
import io.millrace.local.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/** Asks targets for rows as their readers do: a search, a key, a query. */
final class Probes {

    private Probes() {}

    static Probe of(SyncTarget target, Addresses at) {
        return switch (target) {
            case ELASTICSEARCH -> elasticsearch(new RestCalls(at.elasticsearchUrl()));
            case REDIS -> redis(new Jedis("127.0.0.1", at.redisPort()));
            case CLICKHOUSE -> clickhouse(new RestCalls(at.clickhouseUrl()));
        };
    }

    private static Probe elasticsearch(RestCalls search) {
        return ids -> {
            String query = "{\"size\": " + ids.size() + ", \"_source\": false, \"query\": {\"terms\": {\"id\": " + ids
                    + "}}, \"docvalue_fields\": [\"id\"]}";
            List<Long> visible = new ArrayList<>();
            for (JsonNode hit :
                    search.json("POST", "/" + Arena.TABLE + "/_search", query).at("/hits/hits")) {
                visible.add(hit.at("/fields/id/0").asLong());
            }
            return visible;
        };
    }

    private static Probe redis(Jedis jedis) {
        return ids -> {
            List<String> values =
                    jedis.mget(ids.stream().map(id -> Arena.TABLE + ":" + id).toArray(String[]::new));
            List<Long> visible = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                if (values.get(i) != null) {
                    visible.add(ids.get(i));
                }
            }
            return visible;
        };
    }

    private static Probe clickhouse(RestCalls server) {
        return ids -> {
            String list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
            String sql = "SELECT DISTINCT id FROM " + ClickHouseTarget.DATABASE + "." + Arena.TABLE + " WHERE id IN ("
                    + list + ")";
            return server.text("/?user=default", sql).lines().map(Long::valueOf).toList();
        };
    }
}

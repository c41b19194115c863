package io.millrace.benchmarks.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The keys of high-value users.
 *
 * @param all events of the whole backlog
 * @param ours whether users who are of high value no more must be gone; peers leave them to their time to live
 */
record ActivityTarget(int port, Map<String, ActionEvents.Activity> expected, TimeSpan span, long all, boolean ours)
        implements ResultTarget {

    static final String PREFIX = "user:activity:";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1_000;

    @Override
    public void clear() {
        try (Jedis jedis = jedis()) {
            jedis.flushAll();
        }
    }

    /** As far as the clock's windows; in the last one, all when every user is there. */
    @Override
    public long events() throws Exception {
        try (Jedis jedis = jedis()) {
            long end = end(jedis.get(PREFIX + ActionEvents.CLOCK));
            if (end < span.end()) {
                return Math.max(0, all * (end - span.begin()) / (span.end() - span.begin()));
            }
            for (String user : expected.keySet()) {
                if (end(jedis.get(PREFIX + user)) != span.end()) {
                    return all - 1;
                }
            }
            return all;
        }
    }

    @Override
    public String difference() throws Exception {
        try (Jedis jedis = jedis()) {
            for (Map.Entry<String, ActionEvents.Activity> each : expected.entrySet()) {
                String value = jedis.get(PREFIX + each.getKey());
                if (end(value) != span.end()
                        || !summary(value).equals(each.getValue().toString())) {
                    return each.getKey() + " is " + value + "; it must be " + each.getValue();
                }
            }
            Set<String> others = new HashSet<>(keys(jedis));
            expected.keySet().forEach(user -> others.remove(PREFIX + user));
            for (String other : others) {
                if (ours || end(jedis.get(other)) >= span.end()) {
                    return other + " is there, and must not be";
                }
            }
            return "";
        }
    }

    private static List<String> keys(Jedis jedis) {
        List<String> keys = new ArrayList<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page =
                    jedis.scan(cursor, new ScanParams().match(PREFIX + "*").count(PAGE));
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys;
    }

    private static String summary(String value) throws JsonProcessingException {
        JsonNode json = JSON.readTree(value);
        return json.path("pageViews").asText() + " " + json.path("clicks").asText() + " "
                + json.path("searches").asText() + " " + json.path("purchases").asText();
    }

    private static long end(@Nullable String value) throws JsonProcessingException {
        String end = value == null ? "" : JSON.readTree(value).path("windowEnd").asText();
        return end.isEmpty() ? 0 : Instant.parse(end).toEpochMilli();
    }

    private Jedis jedis() {
        return new Jedis("127.0.0.1", port);
    }
}

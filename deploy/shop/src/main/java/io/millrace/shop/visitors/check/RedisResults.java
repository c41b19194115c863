package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.check.Json;
import io.millrace.shop.check.RedisKeys;
import io.millrace.shop.check.TargetException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** What Redis holds of results. */
final class RedisResults {

    /** Of the users that visitors have; other tests may have others. */
    static final String ACTIVITY = "user:activity:visitor-";

    private static final String KEY = "user:activity:";

    private final URI uri;
    private EarlierKeys noted = EarlierKeys.NONE;

    RedisResults(String uri) {
        this.uri = URI.create(uri);
    }

    /** Returns the activity of each user. */
    Map<String, JsonNode> activity() {
        Map<String, JsonNode> found = new TreeMap<>();
        try (RedisClient redis = RedisClient.create(uri)) {
            RedisKeys.scan(redis, ACTIVITY, key -> {
                String value = redis.get(key);
                if (value != null) {
                    found.put("userId=" + key.substring(KEY.length()), Json.parse(value));
                }
            });
            return found;
        } catch (JedisException e) {
            throw unreadable(e);
        }
    }

    /** Returns the counters of these keys. */
    Map<String, JsonNode> counters(Iterable<String> keys) {
        Map<String, JsonNode> found = new TreeMap<>();
        try (RedisClient redis = RedisClient.create(uri)) {
            for (String key : keys) {
                ObjectNode hash = JsonNodeFactory.instance.objectNode();
                redis.hgetAll(key).forEach(hash::put);
                if (!hash.isEmpty()) {
                    found.put(key, hash);
                }
            }
            return found;
        } catch (JedisException e) {
            throw unreadable(e);
        }
    }

    /** Notes what there is now, and tells whether there is a user among it. */
    boolean note() {
        try (RedisClient redis = RedisClient.create(uri)) {
            noted = EarlierKeys.in(redis);
            return noted.haveUsers();
        } catch (JedisException e) {
            throw unreadable(e);
        }
    }

    /**
     * Writes again what was noted.
     *
     * @param script by which the jobs write
     */
    void writeNoted(String script) {
        try (RedisClient redis = RedisClient.create(uri)) {
            noted.write(redis, script);
        }
    }

    /** Lets Redis forget the versions of what was noted. */
    void forgetVersions() {
        try (RedisClient redis = RedisClient.create(uri)) {
            noted.forgetVersions(redis);
        }
    }

    /** Counts one more event of one user; returns who that is. */
    String sabotage() {
        Map<String, JsonNode> users = activity();
        if (users.isEmpty()) {
            throw new TargetException("Redis has no key " + ACTIVITY + "* to damage");
        }
        Map.Entry<String, JsonNode> first = users.entrySet().iterator().next();
        ObjectNode value = (ObjectNode) first.getValue();
        value.put("events", value.path("events").asLong() + 1);
        try (RedisClient redis = RedisClient.create(uri)) {
            redis.set(KEY + first.getKey().substring("userId=".length()), value.toString());
        }
        return first.getKey();
    }

    private static TargetException unreadable(JedisException e) {
        return new TargetException("Redis cannot be read: " + e.getMessage(), e);
    }
}

package io.millrace.shop.visitors.check;

import io.millrace.shop.check.RedisKeys;
import io.millrace.shop.check.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/**
 * What Redis held of results at some time, each key as the write that made it. An attempt that was thought dead may send
 * such a write later: by the script of the jobs, which compares versions.
 */
final class EarlierKeys {

    static final EarlierKeys NONE = new EarlierKeys(List.of());

    private static final String COUNTERS = "live:";
    private static final String NO_END = "0";

    private final List<Write> writes;

    /**
     * A call of the script, which says itself what its arguments are.
     *
     * @param arguments version, what is done, value, times to live, and how many fields follow
     */
    private record Write(String key, List<String> arguments) {}

    private EarlierKeys(List<Write> writes) {
        this.writes = List.copyOf(writes);
    }

    /** Notes the users and counters that there are. Of each the version is read first: it is none that is yet to come. */
    static EarlierKeys in(RedisClient redis) {
        List<Write> writes = new ArrayList<>();
        RedisKeys.scan(redis, RedisResults.ACTIVITY, key -> {
            String version = redis.get(versionKey(key));
            String value = redis.get(key);
            if (version != null && value != null) {
                writes.add(write(redis, key, version, "set", value, Map.of()));
            }
        });
        RedisKeys.scan(redis, COUNTERS, key -> {
            String version = redis.get(versionKey(key));
            Map<String, String> fields = redis.hgetAll(key);
            if (version != null && !fields.isEmpty()) {
                writes.add(write(redis, key, version, "hash", "", fields));
            }
        });
        return new EarlierKeys(writes);
    }

    private static Write write(
            RedisClient redis, String key, String version, String kind, String value, Map<String, String> fields) {
        List<String> arguments = new ArrayList<>(List.of(
                version,
                kind,
                value,
                timeToLive(redis, key),
                timeToLive(redis, versionKey(key)),
                Integer.toString(fields.size())));
        fields.forEach((name, text) -> {
            arguments.add(name);
            arguments.add(text);
        });
        return new Write(key, List.copyOf(arguments));
    }

    private static String timeToLive(RedisClient redis, String key) {
        long millis = redis.pttl(key);
        return millis > 0 ? Long.toString(millis) : NO_END;
    }

    private static String versionKey(String key) {
        return "{" + key + "}:v";
    }

    /** Tells whether there is a user among them. */
    boolean haveUsers() {
        return writes.stream().anyMatch(write -> write.key().startsWith(RedisResults.ACTIVITY));
    }

    /** Lets Redis forget which version each of them has. */
    void forgetVersions(RedisClient redis) {
        writes.forEach(write -> redis.del(versionKey(write.key())));
    }

    /**
     * Sends each write again.
     *
     * @param script by which the jobs write
     */
    void write(RedisClient redis, String script) {
        for (Write write : writes) {
            Object answers = redis.eval(script, List.of(write.key(), versionKey(write.key())), write.arguments());
            if (!(answers instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
                throw new TargetException("Redis did not do what a write of " + write.key() + " asks: " + answers);
            }
        }
    }
}

package io.millrace.shop.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Finds every key of a prefix, each once, although Redis may say one twice. */
public final class RedisKeys {

    private static final int BATCH = 1_000;

    private RedisKeys() {}

    public static void scan(RedisClient redis, String prefix, Consumer<String> keys) {
        pages(redis, prefix, page -> page.forEach(keys));
    }

    /** A key with its value, and the version beside it if there is one. */
    record Entry(String key, String value, @Nullable String version) {}

    /** Finds every key with its value, many at once; a key that goes meanwhile is passed over. */
    static void scanVersionedValues(RedisClient redis, String prefix, Consumer<Entry> entries) {
        pages(redis, prefix, keys -> {
            List<String> values = redis.mget(keys.toArray(String[]::new));
            List<String> versions =
                    redis.mget(keys.stream().map(key -> "{" + key + "}:v").toArray(String[]::new));
            for (int i = 0; i < keys.size(); i++) {
                if (values.get(i) != null) {
                    entries.accept(new Entry(keys.get(i), values.get(i), versions.get(i)));
                }
            }
        });
    }

    private static void pages(RedisClient redis, String prefix, Consumer<List<String>> keys) {
        ScanParams params = new ScanParams().match(escaped(prefix) + "*").count(BATCH);
        Set<String> seen = new HashSet<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, params);
            List<String> news = page.getResult().stream().filter(seen::add).toList();
            if (!news.isEmpty()) {
                keys.accept(news);
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }

    private static String escaped(String prefix) {
        return prefix.replaceAll("([*?\\[\\]\\\\])", "\\\\$1");
    }
}

package io.millrace.shop.check;

import java.util.function.Consumer;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Finds every key of a prefix. */
final class RedisKeys {

    private static final int BATCH = 1_000;

    private RedisKeys() {}

    static void scan(RedisClient redis, String prefix, Consumer<String> keys) {
        ScanParams params = new ScanParams().match(escaped(prefix) + "*").count(BATCH);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, params);
            page.getResult().forEach(keys);
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }

    private static String escaped(String prefix) {
        return prefix.replaceAll("([*?\\[\\]\\\\])", "\\\\$1");
    }
}

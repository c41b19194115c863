package io.millrace.cli.demo;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** What the live counters in Redis stand at, in one line. */
final class LiveCounters implements AutoCloseable {

    private final RedisClient redis;

    LiveCounters(String uri) {
        redis = RedisClient.create(URI.create(uri));
    }

    /**
     * Returns it, as {@code visitors 14:02: 812 views, 40 searches, 12 orders, 1204.50 EUR today}.
     *
     * @param time that it is to the visitors
     */
    String line(Instant time) {
        String clock = "visitors " + time.toString().substring(11, 16);
        try {
            Map<String, String> views = redis.hgetAll("live:views");
            return views.isEmpty()
                    ? clock + ": nothing is counted yet"
                    : clock + ": " + today(views) + " views, " + today("searches") + " searches, " + today("purchases")
                            + " orders, " + today("revenue:EUR") + " EUR today";
        } catch (JedisException e) {
            return clock;
        }
    }

    private String today(String counter) {
        return today(redis.hgetAll("live:" + counter));
    }

    private static String today(Map<String, String> counter) {
        return counter.getOrDefault("today", "0");
    }

    @Override
    public void close() {
        redis.close();
    }
}

package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import redis.clients.jedis.Jedis;

/** One command, and its answer, for each row. */
final class RedisOneByOne implements RowWriter {

    private final Jedis jedis;
    private final String prefix;

    RedisOneByOne(Settings settings) {
        jedis = new Jedis("127.0.0.1", settings.number(Settings.REDIS_PORT));
        prefix = settings.get(Settings.TABLE) + ":";
    }

    @Override
    public void write(long id, JsonNode row) {
        jedis.set(prefix + id, row.toString());
    }

    @Override
    public void flush() {
        // everything is written
    }
}

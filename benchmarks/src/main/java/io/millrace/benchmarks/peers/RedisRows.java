package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** A pipeline of Jedis, as long as a batch of our job. */
final class RedisRows implements RowWriter {

    private static final int BATCH = 500;

    private final Pipeline pipeline;
    private final String prefix;
    private int waiting;

    @SuppressWarnings("resource") // lives as long as the process
    RedisRows(Settings settings) {
        pipeline = new Jedis("127.0.0.1", settings.number(Settings.REDIS_PORT)).pipelined();
        prefix = settings.get(Settings.TABLE) + ":";
    }

    @Override
    public void write(long id, JsonNode row) {
        pipeline.set(prefix + id, row.toString());
        if (++waiting == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() {
        pipeline.sync();
        waiting = 0;
    }

    @Override
    public void tick() {
        if (waiting > 0) {
            flush();
        }
    }
}

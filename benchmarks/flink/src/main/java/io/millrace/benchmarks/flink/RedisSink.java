package io.millrace.benchmarks.flink;

import java.time.Instant;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Sets the key of each user for an hour, pipelined. At least once. */
record RedisSink(int port) implements Sink<Activity> {

    private static final long serialVersionUID = 1L;
    private static final long HOUR_SECONDS = 3_600;

    @Override
    @SuppressWarnings("deprecation") // abstract in Flink 1.20 all the same
    public SinkWriter<Activity> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 makes a writer from a WriterInitContext");
    }

    @Override
    public SinkWriter<Activity> createWriter(WriterInitContext context) {
        return new Keys(context.getProcessingTimeService(), port);
    }

    private static final class Keys extends Batch<Activity> {

        private final Jedis jedis;
        private final Pipeline pipeline;

        Keys(ProcessingTimeService time, int port) {
            super(time);
            jedis = new Jedis("127.0.0.1", port);
            pipeline = jedis.pipelined();
        }

        @Override
        void take(Activity user) {
            pipeline.setex("user:activity:" + user.userId, HOUR_SECONDS, json(user));
        }

        private static String json(Activity user) {
            return "{\"userId\":\"" + user.userId + "\",\"windowStart\":\"" + Instant.ofEpochMilli(user.start)
                    + "\",\"windowEnd\":\"" + Instant.ofEpochMilli(user.end) + "\",\"pageViews\":" + user.pageViews
                    + ",\"clicks\":" + user.clicks + ",\"searches\":" + user.searches + ",\"purchases\":"
                    + user.purchases + ",\"events\":" + user.events + "}";
        }

        @Override
        void send() {
            pipeline.sync();
        }

        @Override
        public void close() {
            jedis.close();
        }
    }
}

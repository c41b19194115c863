package io.millrace.common.sink.redis;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSink;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Redis as a target of row changes. At least once; because each write carries its version and Redis refuses an older
 * one, repeated and reordered writes come to the same result. A sweep deletes what is older, beside other writes; a
 * checkpoint keeps it until it is done.
 *
 * <p>A value stands under its plain key, for services to read as it is; its version, as 19 digits, under
 * <code>{key}:v</code>.
 */
public final class RedisTarget extends AsyncSinkBase<RowChange, RedisEntry> {

    private static final long serialVersionUID = 1L;

    /** The name of this target in metrics and in the stage of dead letters. */
    public static final String NAME = "redis";

    private final RedisConfig config;
    private final DeadLetterQueue deadLetters;
    private final String pipeline;
    private final RedisWritesProvider redis;

    RedisTarget(RedisConfig config, DeadLetterQueue deadLetters, String pipeline, RedisWritesProvider redis) {
        super(
                new RowChangeConverter(config),
                config.batching().maxEntries(),
                config.batching().maxInFlight(),
                config.batching().maxBuffered(),
                config.batching().maxBytes(),
                config.batching().linger().toMillis(),
                config.batching().maxBytes(),
                config.answerDeadline().toMillis(),
                false);
        this.config = config;
        this.deadLetters = deadLetters;
        this.pipeline = pipeline;
        this.redis = redis;
    }

    /**
     * Makes the sink.
     *
     * @param deadLetters where a change goes that cannot be written for what it is
     * @param pipeline the configured name of the job
     */
    public static Sink<RowChange> atLeastOnce(RedisConfig config, DeadLetterQueue deadLetters, String pipeline) {
        return new RedisTarget(config, deadLetters, pipeline, LettuceWrites::new);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Flink 1.20 all the same
    public StatefulSink.StatefulSinkWriter<RowChange, BufferedRequestState<RedisEntry>> createWriter(
            Sink.InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 makes a writer from a WriterInitContext");
    }

    @Override
    public RedisWriter createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public RedisWriter restoreWriter(WriterInitContext context, Collection<BufferedRequestState<RedisEntry>> restored)
            throws IOException {
        return RedisWriter.open(
                config, new RowChangeConverter(config), deadLetters, pipeline, redis, context, restored);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<RedisEntry>> getWriterStateSerializer() {
        return new RedisStateSerializer(new RowChangeConverter(config));
    }
}

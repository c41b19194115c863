package io.millrace.common.effect;

import io.millrace.common.replay.Fence;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/**
 * Side effects past the fence, and no others.
 *
 * @param <T> the effects
 */
public final class FencedStream<T extends SideEffect> {

    private final DataStream<T> past;

    private FencedStream(DataStream<T> past) {
        this.past = past;
    }

    /**
     * Puts a fence before effects.
     *
     * @param given the fence that the job was told; empty for the one that it began with
     * @param atStart the fence of a job that begins now
     * @param uid of the operator
     */
    public static <T extends SideEffect> FencedStream<T> of(
            DataStream<T> effects, Optional<Fence> given, Fence atStart, String uid) {
        PastFence<T> fence = new PastFence<>(given.orElse(atStart), given.isEmpty());
        return new FencedStream<>(
                effects.process(fence, effects.getType()).uid(uid).name("fence"));
    }

    /** Ends the stream in a sink; it may end in several. */
    public DataStreamSink<T> sinkTo(SideEffectSink<T> sink) {
        return past.sinkTo(sink.behindTheFence());
    }
}

package io.millrace.common.effect;

import org.apache.flink.api.connector.sink2.Sink;

/**
 * A sink that acts on the outside world. It is no sink of Flink's: only a {@link FencedStream} can end in it, so that
 * none is built around the fence.
 *
 * @param <T> the effects
 */
public final class SideEffectSink<T extends SideEffect> {

    private final Sink<T> sink;

    private SideEffectSink(Sink<T> sink) {
        this.sink = sink;
    }

    /** Takes a sink over; whoever makes one for side effects gives nobody else the sink itself. */
    public static <T extends SideEffect> SideEffectSink<T> of(Sink<T> sink) {
        return new SideEffectSink<>(sink);
    }

    Sink<T> behindTheFence() {
        return sink;
    }
}

package io.millrace.analytics.window;

import io.millrace.analytics.event.Stamped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Puts the events of a key together before they are sent to where it is counted: one key, one look into the state and one
 * correction for many events. Each event stays one, so that duplicates are still found. Nothing is held back over a
 * watermark or a checkpoint, which is why there is no state.
 *
 * @param <X> the events as they were read
 * @param <E> the events without their keys
 */
public final class BundleEvents<X extends Stamped, E> extends AbstractStreamOperator<Bundle<E>>
        implements OneInputStreamOperator<X, Bundle<E>> {

    private static final long serialVersionUID = 1L;

    /** Events that are held at most: some megabytes. */
    static final int MOST_EVENTS = 8_192;

    private final Keying<X, E> keying;
    private final Slicing slicing;
    private transient Map<Long, Map<String, List<E>>> held;
    private transient Map<String, List<E>> current;
    private transient BiConsumer<String, E> hold;
    private transient long currentSlice;
    private transient long slice;
    private transient int events;

    @SuppressWarnings("NullAway.Init") // Flink calls open before the first event
    public BundleEvents(Keying<X, E> keying, Slicing slicing) {
        this.keying = keying;
        this.slicing = slicing;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        held = new LinkedHashMap<>();
        current = new LinkedHashMap<>();
        hold = this::hold;
    }

    @Override
    public void processElement(StreamRecord<X> element) {
        X event = element.getValue();
        slice = slicing.sliceOf(event.stamp().timestamp());
        keying.spread(event, hold);
        if (events >= MOST_EVENTS) {
            flush();
        }
    }

    private void hold(String key, E event) {
        // most events are of the slice of the one before
        if (held.isEmpty() || slice != currentSlice) {
            currentSlice = slice;
            current = held.computeIfAbsent(slice, unknown -> new LinkedHashMap<>());
        }
        current.computeIfAbsent(key, unknown -> new ArrayList<>(1)).add(event);
        events++;
    }

    private void flush() {
        held.forEach((begin, keys) ->
                keys.forEach((key, some) -> output.collect(new StreamRecord<>(new Bundle<>(key, begin, some)))));
        held.clear();
        events = 0;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        flush();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }
}

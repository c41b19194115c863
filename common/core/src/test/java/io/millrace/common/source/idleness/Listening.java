package io.millrace.common.source.idleness;

import io.millrace.common.source.idleness.ScriptedReader.Named;
import io.millrace.common.source.idleness.ScriptedReader.Said;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.operators.source.TimestampsAndWatermarks;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * A reader that listens, in Flink's own logic of event time and with a clock that is moved by hand. Times of events are
 * seconds; 5 of them are allowed for disorder, and 30 for silence.
 */
final class Listening implements DataOutput<Long>, TimestampsAndWatermarks.WatermarkUpdateListener {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final AtomicLong clock = new AtomicLong();
    private final ScriptedReader script;
    private final ListeningReader<Long, Named> reader;
    private final TimestampsAndWatermarks<Long> logic;
    private final ReaderOutput<Long> output;
    long watermark = Long.MIN_VALUE;
    boolean idle;
    int late;

    /** @param tells whether the reader says that there is something to read */
    Listening(boolean tells, String... splits) {
        Idleness idleness = new Idleness(Duration.ofSeconds(30), clock::get);
        script = new ScriptedReader(tells);
        reader = new ListeningReader<>(script, idleness, said -> true);
        WatermarkStrategy<Long> strategy = WatermarkStrategy.<Long>forGenerator(
                        context -> idleness.ofSplit(new BoundedOutOfOrdernessWatermarks<>(Duration.ofSeconds(5))))
                .withTimestampAssigner((said, kafka) -> said * 1_000);
        logic = TimestampsAndWatermarks.createProgressiveEventTimeLogic(
                strategy, new UnregisteredMetricsGroup(), new TestProcessingTimeService(), LOOK.toMillis());
        output = logic.createMainOutput(this, this);
        for (String split : splits) {
            output.createOutputForSplit(split);
            reader.addSplits(List.of(new Named(split)));
        }
    }

    /** Kafka has something of a split. */
    void say(String split, long... times) {
        for (long time : times) {
            script.given().add(new Said(split, time));
        }
    }

    /** The task reads some, or until nothing is left. */
    void read(int most) throws Exception {
        InputStatus status = InputStatus.MORE_AVAILABLE;
        for (int left = most; left > 0 && status == InputStatus.MORE_AVAILABLE; left--) {
            status = reader.pollNext(output);
        }
    }

    void pause(List<String> paused, List<String> resumed) {
        reader.pauseOrResumeSplits(paused, resumed);
    }

    /** Time goes by, in which the task reads nothing. */
    void pass(double seconds) {
        for (long looks = Math.round(seconds * 5); looks > 0; looks--) {
            clock.addAndGet(LOOK.toNanos());
            logic.emitImmediateWatermark(0);
        }
    }

    @Override
    public void emitRecord(StreamRecord<Long> record) {
        late += record.getTimestamp() <= watermark ? 1 : 0;
    }

    /** Seconds that are over. */
    @Override
    public void emitWatermark(Watermark mark) {
        watermark = mark.getTimestamp();
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
        idle = status.isIdle();
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {}

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {}

    @Override
    public void updateIdle(boolean isIdle) {}

    @Override
    public void updateCurrentEffectiveWatermark(long mark) {}

    @Override
    public void updateCurrentSplitWatermark(String split, long mark) {}
}

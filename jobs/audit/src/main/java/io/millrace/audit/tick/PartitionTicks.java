package io.millrace.audit.tick;

import java.time.Duration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Ticks of every partition, once in an interval, as long as Kafka answers. It remembers nothing, and is to run with a
 * parallelism of 1.
 */
public final class PartitionTicks implements Source<Tick, NoSplit, NoSplit> {

    private static final long serialVersionUID = 1L;

    /** Of this source. */
    public static final String UID = "audit.tick-partitions";

    private final Partitions partitions;
    private final NewestRecord newest;
    private final Duration interval;

    public PartitionTicks(Partitions partitions, NewestRecord newest, Duration interval) {
        this.partitions = partitions;
        this.newest = newest;
        this.interval = interval;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<NoSplit, NoSplit> createEnumerator(SplitEnumeratorContext<NoSplit> context) {
        return new NoSplits();
    }

    @Override
    public SplitEnumerator<NoSplit, NoSplit> restoreEnumerator(
            SplitEnumeratorContext<NoSplit> context, NoSplit nothing) {
        return new NoSplits();
    }

    @Override
    public SourceReader<Tick, NoSplit> createReader(SourceReaderContext context) {
        return new TickReader(partitions, newest, interval, System::currentTimeMillis);
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return NoSplit.SERIALIZER;
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getEnumeratorCheckpointSerializer() {
        return NoSplit.SERIALIZER;
    }
}

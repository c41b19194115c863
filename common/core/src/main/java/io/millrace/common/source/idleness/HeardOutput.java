package io.millrace.common.source.idleness;

import io.millrace.common.source.idleness.ListeningSource.Speech;
import io.millrace.common.source.idleness.SilentSplits.Split;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** An output that notes which splits are heard. */
final class HeardOutput<T> implements ReaderOutput<T> {

    private final ReaderOutput<T> output;
    private final SilentSplits splits;
    private final Speech<T> speech;

    HeardOutput(ReaderOutput<T> output, SilentSplits splits, Speech<T> speech) {
        this.output = output;
        this.splits = splits;
        this.speech = speech;
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String id) {
        return new OfSplit<>(output.createOutputForSplit(id), splits, splits.split(id), speech);
    }

    @Override
    public void releaseOutputForSplit(String id) {
        splits.remove(id);
        output.releaseOutputForSplit(id);
    }

    @Override
    public void collect(T said) {
        output.collect(said);
    }

    @Override
    public void collect(T said, long timestamp) {
        output.collect(said, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        output.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
        output.markIdle();
    }

    @Override
    public void markActive() {
        output.markActive();
    }

    private record OfSplit<T>(SourceOutput<T> output, SilentSplits splits, Split split, Speech<T> speech)
            implements SourceOutput<T> {

        @Override
        public void collect(T said) {
            hear(said);
            output.collect(said);
        }

        @Override
        public void collect(T said, long timestamp) {
            hear(said);
            output.collect(said, timestamp);
        }

        private void hear(T said) {
            splits.count();
            if (speech.counts(said)) {
                split.hear();
            }
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            output.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            output.markIdle();
        }

        @Override
        public void markActive() {
            output.markActive();
        }
    }
}

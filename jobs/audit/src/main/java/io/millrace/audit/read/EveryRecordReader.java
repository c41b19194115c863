package io.millrace.audit.read;

import io.millrace.common.source.kafka.OffsetsGone;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Says what is to be done when Kafka does not have what comes next, and lets no restart try it again. */
record EveryRecordReader<T, S extends SourceSplit>(SourceReader<T, S> kafka) implements SourceReader<T, S> {

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        try {
            return kafka.pollNext(output);
        } catch (RuntimeException e) {
            Optional<String> gone = OffsetsGone.of(e);
            if (gone.isEmpty()) {
                throw e;
            }
            throw new SuppressRestartsException(new IllegalStateException(
                    "Kafka does not have " + gone.get() + ", where the job would go on: it removed records before they"
                            + " were read, or the topic was made anew. Nothing was passed over. Start the job without a"
                            + " savepoint: it goes on where the archive ends, and says before it starts what is missing",
                    e));
        }
    }

    @Override
    public void start() {
        kafka.start();
    }

    @Override
    public List<S> snapshotState(long checkpoint) {
        return kafka.snapshotState(checkpoint);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return kafka.isAvailable();
    }

    @Override
    public void addSplits(List<S> splits) {
        kafka.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        kafka.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        kafka.handleSourceEvents(event);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        kafka.pauseOrResumeSplits(pause, resume);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        kafka.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        kafka.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void close() throws Exception {
        kafka.close();
    }
}

package io.millrace.common.source.around;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A reader around another.
 *
 * @param <T> what is read
 * @param <S> its splits
 */
public abstract class ReaderAround<T, S extends SourceSplit> implements SourceReader<T, S> {

    private final SourceReader<T, S> reader;

    protected ReaderAround(SourceReader<T, S> reader) {
        this.reader = reader;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return reader.pollNext(output);
    }

    @Override
    public void addSplits(List<S> splits) {
        reader.addSplits(splits);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        reader.pauseOrResumeSplits(pause, resume);
    }

    @Override
    public final void start() {
        reader.start();
    }

    @Override
    public final List<S> snapshotState(long checkpoint) {
        return reader.snapshotState(checkpoint);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public final void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public final void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        reader.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public final void notifyCheckpointAborted(long checkpoint) throws Exception {
        reader.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public final void close() throws Exception {
        reader.close();
    }
}

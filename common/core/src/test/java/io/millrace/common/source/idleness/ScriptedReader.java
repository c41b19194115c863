package io.millrace.common.source.idleness;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads what a test gives it: times, of some splits.
 *
 * @param tells whether it says that there is something to read
 */
record ScriptedReader(Queue<ScriptedReader.Said> given, boolean tells)
        implements SourceReader<Long, ScriptedReader.Named> {

    /** What a split says. */
    record Said(String split, long time) {}

    /** A split. */
    record Named(String splitId) implements SourceSplit {}

    ScriptedReader(boolean tells) {
        this(new ArrayDeque<>(), tells);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Long> output) {
        Said said = given.poll();
        if (said == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        output.createOutputForSplit(said.split()).collect(said.time());
        return given.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return given.isEmpty() || !tells ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
    }

    @Override
    public void start() {}

    @Override
    public List<Named> snapshotState(long checkpoint) {
        return List.of();
    }

    @Override
    public void addSplits(List<Named> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void pauseOrResumeSplits(Collection<String> paused, Collection<String> resumed) {}

    @Override
    public void close() {}
}

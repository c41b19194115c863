package io.millrace.audit.watch;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.jspecify.annotations.Nullable;

/** Gives nothing to the reader, which begins with nothing, and goes on from its own checkpoint. */
final class NothingToGive implements SplitEnumerator<Watched, Watched> {

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<Watched> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public Watched snapshotState(long checkpoint) {
        return Watched.NOTHING;
    }

    @Override
    public void close() {}
}

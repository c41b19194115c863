package io.millrace.common.source.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.cdc.connectors.base.source.assigner.state.PendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.events.FinishedSnapshotSplitsReportEvent;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Hands on that a part of the snapshot was read when a checkpoint has it and some reader reads on. When a task fails, Flink restores the readers
 * and not the enumerator: it would know of parts that readers have to read again, and begin the stream beside them.
 *
 * <p>A reader keeps its reports in its own state, and makes them again, until they are answered: those that are
 * dropped here are not lost.
 */
final class ReportsInCheckpoints implements SplitEnumerator<SourceSplitBase, PendingSplitsState> {

    private static final long IN_NONE = Long.MAX_VALUE;

    private final SplitEnumeratorContext<SourceSplitBase> context;
    private final SplitEnumerator<SourceSplitBase, PendingSplitsState> enumerator;
    private List<Report> held = new ArrayList<>();
    private long handedOn = -1;

    /**
     * What a reader said.
     *
     * @param checkpoint the first one that has it
     */
    private record Report(int reader, SourceEvent event, long checkpoint) {

        Report in(long first) {
            return new Report(reader, event, Math.min(checkpoint, first));
        }
    }

    ReportsInCheckpoints(
            SplitEnumeratorContext<SourceSplitBase> context,
            SplitEnumerator<SourceSplitBase, PendingSplitsState> enumerator) {
        this.context = context;
        this.enumerator = enumerator;
    }

    @Override
    public void handleSourceEvent(int reader, SourceEvent event) {
        if (event instanceof FinishedSnapshotSplitsReportEvent) {
            held.add(new Report(reader, event, IN_NONE));
        } else if (event instanceof ReadsOn next) {
            handOn(next.checkpoint());
        } else {
            enumerator.handleSourceEvent(reader, event);
        }
    }

    /** The readers' part of the checkpoint follows, and so has what they have reported before. */
    @Override
    public PendingSplitsState snapshotState(long checkpoint) throws Exception {
        held = new ArrayList<>(
                held.stream().map(report -> report.in(checkpoint)).toList());
        return enumerator.snapshotState(checkpoint);
    }

    /** Nothing may be sent yet to readers that stop with this checkpoint; see {@link ReaderThatReadsOn}. */
    @Override
    public void notifyCheckpointComplete(long checkpoint) {}

    private void handOn(long checkpoint) {
        if (checkpoint <= handedOn) {
            return;
        }
        handedOn = checkpoint;
        List<Report> complete = held.stream()
                .filter(report -> report.checkpoint() <= checkpoint)
                .toList();
        held.removeAll(complete);
        for (Report report : complete) {
            // one that has just failed reports again
            if (context.registeredReaders().containsKey(report.reader())) {
                enumerator.handleSourceEvent(report.reader(), report.event());
            }
        }
        notifyEnumerator(checkpoint);
    }

    private void notifyEnumerator(long checkpoint) {
        try {
            enumerator.notifyCheckpointComplete(checkpoint);
        } catch (Exception e) {
            throw new FlinkRuntimeException("the snapshot does not go on after checkpoint " + checkpoint, e);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        enumerator.notifyCheckpointAborted(checkpoint);
    }

    /** Called for each reader that goes back to a checkpoint, also if it gives nothing back. */
    @Override
    public void addSplitsBack(List<SourceSplitBase> splits, int reader) {
        held.removeIf(report -> report.reader() == reader);
        enumerator.addSplitsBack(splits, reader);
    }

    @Override
    public void start() {
        enumerator.start();
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
        enumerator.handleSplitRequest(reader, host);
    }

    @Override
    public void addReader(int reader) {
        enumerator.addReader(reader);
    }

    @Override
    public void close() throws IOException {
        enumerator.close();
    }
}

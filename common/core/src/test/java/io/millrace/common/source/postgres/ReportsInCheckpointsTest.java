package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.cdc.connectors.base.source.assigner.state.PendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.assigner.state.StreamPendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.events.FinishedSnapshotSplitsReportEvent;
import org.apache.flink.cdc.connectors.base.source.meta.events.StreamSplitAssignedEvent;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportsInCheckpointsTest {

    private final MockSplitEnumeratorContext<SourceSplitBase> context = new MockSplitEnumeratorContext<>(2);
    private final Enumerator enumerator = new Enumerator();
    private final ReportsInCheckpoints reports = new ReportsInCheckpoints(context, enumerator);

    @BeforeEach
    void register() {
        context.registerReader(new ReaderInfo(0, "here"));
        context.registerReader(new ReaderInfo(1, "here"));
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private void complete(long checkpoint) throws Exception {
        reports.notifyCheckpointComplete(checkpoint);
        reports.handleSourceEvent(1, new ReadsOn(checkpoint));
    }

    private static SourceEvent report() {
        return new FinishedSnapshotSplitsReportEvent(Map.of());
    }

    @Test
    void handsOnWhatACheckpointHasBeforeTheEnumeratorHearsOfTheCheckpoint() throws Exception {
        reports.handleSourceEvent(0, report());
        reports.snapshotState(1);
        assertThat(enumerator.heard).isEmpty();

        complete(1);
        reports.snapshotState(2);
        complete(2);

        assertThat(enumerator.heard).containsExactly("report of 0", "checkpoint 1", "checkpoint 2");
    }

    @Test
    void whatComesWhileACheckpointIsMadeWaitsForTheNextOne() throws Exception {
        reports.snapshotState(1);
        reports.handleSourceEvent(1, report());
        complete(1);
        assertThat(enumerator.heard).containsExactly("checkpoint 1");

        // the second is given up
        reports.snapshotState(2);
        reports.notifyCheckpointAborted(2);
        reports.snapshotState(3);
        complete(3);

        assertThat(enumerator.heard).containsExactly("checkpoint 1", "report of 1", "checkpoint 3");
    }

    @Test
    void aReaderThatGoesBackToACheckpointHasNotReported() throws Exception {
        reports.handleSourceEvent(0, report());
        reports.handleSourceEvent(1, report());
        reports.snapshotState(1);
        reports.addSplitsBack(List.of(), 0);
        complete(1);

        assertThat(enumerator.heard).containsExactly("back from 0", "report of 1", "checkpoint 1");
    }

    /** They stop with it, and an answer that nobody gets fails the job. */
    @Test
    void readersThatDoNotReadOnAfterACheckpointAreNotAnswered() throws Exception {
        reports.handleSourceEvent(0, report());
        reports.snapshotState(1);
        reports.notifyCheckpointComplete(1);

        assertThat(enumerator.heard).isEmpty();
    }

    @Test
    void theEnumeratorHearsOnceOfACheckpointAfterWhichSeveralReadOn() throws Exception {
        reports.snapshotState(1);
        complete(1);
        complete(1);

        assertThat(enumerator.heard).containsExactly("checkpoint 1");
    }

    /** The enumerator would answer it, and an answer that nobody gets fails the job. */
    @Test
    void aReaderThatHasFailedIsNotAnswered() throws Exception {
        reports.handleSourceEvent(0, report());
        reports.snapshotState(1);
        context.unregisterReader(0);
        complete(1);

        assertThat(enumerator.heard).containsExactly("checkpoint 1");
    }

    @Test
    void everythingElseGoesStraightOn() {
        reports.handleSourceEvent(1, new StreamSplitAssignedEvent());
        reports.handleSplitRequest(0, "here");
        reports.addReader(1);

        assertThat(enumerator.heard).containsExactly("stream of 1", "request of 0", "reader 1");
    }

    /** Keeps what it hears. */
    private static final class Enumerator implements SplitEnumerator<SourceSplitBase, PendingSplitsState> {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void handleSourceEvent(int reader, SourceEvent event) {
            heard.add((event instanceof FinishedSnapshotSplitsReportEvent ? "report of " : "stream of ") + reader);
        }

        @Override
        public PendingSplitsState snapshotState(long checkpoint) {
            return new StreamPendingSplitsState(false);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            heard.add("checkpoint " + checkpoint);
        }

        @Override
        public void addSplitsBack(List<SourceSplitBase> splits, int reader) {
            heard.add("back from " + reader);
        }

        @Override
        public void handleSplitRequest(int reader, @Nullable String host) {
            heard.add("request of " + reader);
        }

        @Override
        public void addReader(int reader) {
            heard.add("reader " + reader);
        }

        @Override
        public void start() {}

        @Override
        public void close() {}
    }
}

package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.testing.CollectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

class ReaderThatReadsOnTest {

    private final List<SourceEvent> told = new ArrayList<>();
    private final ReaderThatReadsOn reader = new ReaderThatReadsOn(new QuietReader(), told::add);

    @Test
    void isAskedToReadAfterACheckpointAndSaysSoOnce() throws Exception {
        CompletableFuture<Void> before = reader.isAvailable();
        reader.notifyCheckpointComplete(7);
        assertThat(before).isCompleted();
        assertThat(reader.isAvailable()).isCompleted();

        read();
        read();

        assertThat(told).containsExactly(new ReadsOn(7));
        assertThat(reader.isAvailable()).isNotDone();
    }

    @Test
    void saysNothingAsLongAsItIsNotAskedToRead() throws Exception {
        reader.notifyCheckpointComplete(7);

        assertThat(told).isEmpty();
    }

    private void read() throws Exception {
        assertThat(reader.pollNext(new CollectedOutput<>())).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    }

    /** Has nothing to read. */
    private static final class QuietReader implements SourceReader<RowChange, SourceSplitBase> {

        @Override
        public InputStatus pollNext(ReaderOutput<RowChange> output) {
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return new CompletableFuture<>();
        }

        @Override
        public void start() {}

        @Override
        public List<SourceSplitBase> snapshotState(long checkpoint) {
            return List.of();
        }

        @Override
        public void addSplits(List<SourceSplitBase> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}

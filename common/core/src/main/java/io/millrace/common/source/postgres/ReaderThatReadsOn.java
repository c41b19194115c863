package io.millrace.common.source.postgres;

import io.millrace.common.event.RowChange;
import io.millrace.common.source.around.ReaderAround;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.core.io.InputStatus;

/**
 * Says that it reads on after a checkpoint. One that stops with a savepoint is told of it too, but never asked for
 * records again; what the enumerator sends to it gets lost, which Flink takes for a failure of the job.
 */
final class ReaderThatReadsOn extends ReaderAround<RowChange, SourceSplitBase> {

    private static final long NONE = -1;

    private final Consumer<SourceEvent> enumerator;
    private long complete = NONE;
    private CompletableFuture<Void> told = new CompletableFuture<>();

    ReaderThatReadsOn(SourceReader<RowChange, SourceSplitBase> reader, Consumer<SourceEvent> enumerator) {
        super(reader);
        this.enumerator = enumerator;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        complete = checkpoint;
        told.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowChange> output) throws Exception {
        if (complete != NONE) {
            enumerator.accept(new ReadsOn(complete));
            complete = NONE;
            told = new CompletableFuture<>();
        }
        return super.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> hasRecords = super.isAvailable();
        return hasRecords.isDone()
                ? hasRecords
                : CompletableFuture.anyOf(hasRecords, told).thenAccept(any -> {});
    }
}

package io.millrace.common.source.idleness;

import io.millrace.common.source.around.ReaderAround;
import io.millrace.common.source.idleness.ListeningSource.Speech;
import io.millrace.common.source.idleness.SilentSplits.Reading;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads as the reader it wraps does, and marks splits idle that had nothing to say while they were listened to. */
final class ListeningReader<T, S extends SourceSplit> extends ReaderAround<T, S> {

    private final Speech<T> speech;
    private final SilentSplits splits;
    private @Nullable HeardOutput<T> heard;
    private boolean hasMore;
    private boolean wasRead;

    ListeningReader(SourceReader<T, S> reader, Idleness idleness, Speech<T> speech) {
        super(reader);
        this.speech = speech;
        this.splits = new SilentSplits(idleness.nanos());
        idleness.listen(this);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        if (heard == null) {
            heard = new HeardOutput<>(output, splits, speech);
        }
        wasRead = true;
        InputStatus status = super.pollNext(heard);
        hasMore = status == InputStatus.MORE_AVAILABLE;
        return status;
    }

    /** Looks who is silent; before the first read nobody can be. */
    void look(long nanos) {
        HeardOutput<T> output = heard;
        if (output == null) {
            return;
        }
        splits.look(nanos, reading(), id -> output.createOutputForSplit(id).markIdle(), output::markIdle);
        wasRead = false;
    }

    private Reading reading() {
        boolean isLeft = hasMore || isAvailable().isDone();
        if (!isLeft) {
            return Reading.DRAINED;
        }
        return wasRead ? Reading.BUSY : Reading.BLOCKED;
    }

    @Override
    public void addSplits(List<S> added) {
        added.forEach(split -> splits.split(split.splitId()));
        super.addSplits(added);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> paused, Collection<String> resumed) {
        splits.pause(paused, resumed);
        super.pauseOrResumeSplits(paused, resumed);
    }
}

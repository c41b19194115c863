package io.millrace.audit.watch;

import io.millrace.audit.folder.Folders;
import io.millrace.common.event.ProducedRecord;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Verifies the archive once in an interval, and brings an alert of what is newly wrong. It is to run with a parallelism
 * of 1. Its alerts need no fence: they follow from the archive as it is, and from no record that a replay reads again.
 */
public final class ArchiveWatch implements Source<ProducedRecord, Watched, Watched> {

    private static final long serialVersionUID = 1L;

    /** Of this source. */
    public static final String UID = "audit.watch-archive";

    private final WatchOptions options;

    public ArchiveWatch(WatchOptions options) {
        this.options = options;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<Watched, Watched> createEnumerator(SplitEnumeratorContext<Watched> context) {
        return new NothingToGive();
    }

    @Override
    public SplitEnumerator<Watched, Watched> restoreEnumerator(
            SplitEnumeratorContext<Watched> context, Watched nothing) {
        return new NothingToGive();
    }

    @Override
    public SourceReader<ProducedRecord, Watched> createReader(SourceReaderContext context) {
        return new WatchReader(
                options, new Verification(options, Folders::open), System::currentTimeMillis, context.metricGroup());
    }

    @Override
    public SimpleVersionedSerializer<Watched> getSplitSerializer() {
        return new WatchedForm();
    }

    @Override
    public SimpleVersionedSerializer<Watched> getEnumeratorCheckpointSerializer() {
        return new WatchedForm();
    }
}

package io.millrace.common.source.postgres;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.source.around.SourceAround;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.cdc.connectors.base.source.assigner.state.PendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;

/** A source that begins its stream when a checkpoint has all of its snapshot, whatever fails meanwhile. */
final class WholeSnapshotSource extends SourceAround<RowChange, SourceSplitBase, PendingSplitsState> {

    private static final long serialVersionUID = 1L;

    WholeSnapshotSource(RowChangeSource source) {
        super(source, RowChangeTypeInfo.INSTANCE);
    }

    @Override
    public SourceReader<RowChange, SourceSplitBase> createReader(SourceReaderContext context) throws Exception {
        return new ReaderThatReadsOn(super.createReader(context), context::sendSourceEventToCoordinator);
    }

    @Override
    public SplitEnumerator<SourceSplitBase, PendingSplitsState> createEnumerator(
            SplitEnumeratorContext<SourceSplitBase> context) throws Exception {
        return new ReportsInCheckpoints(context, super.createEnumerator(context));
    }

    @Override
    public SplitEnumerator<SourceSplitBase, PendingSplitsState> restoreEnumerator(
            SplitEnumeratorContext<SourceSplitBase> context, PendingSplitsState checkpoint) throws Exception {
        return new ReportsInCheckpoints(context, super.restoreEnumerator(context, checkpoint));
    }
}

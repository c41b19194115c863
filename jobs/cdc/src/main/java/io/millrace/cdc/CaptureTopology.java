package io.millrace.cdc;

import io.millrace.cdc.functions.AddTables;
import io.millrace.cdc.functions.AnnounceSweep;
import io.millrace.cdc.functions.AssignVersion;
import io.millrace.cdc.functions.FillToast;
import io.millrace.cdc.functions.KeepNewest;
import io.millrace.cdc.functions.KeepRows;
import io.millrace.cdc.functions.RowKey;
import io.millrace.cdc.functions.SnapshotEnd;
import io.millrace.cdc.functions.Sweep;
import io.millrace.cdc.functions.SweepTruncated;
import io.millrace.cdc.functions.TruncatedTopics;
import io.millrace.cdc.model.Changes;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.SourceBlock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** From what Postgres says to rows with a version, without gaps, and with the deletions that nobody heard of. */
public final class CaptureTopology {

    private final PostgresChangesConfig config;
    private final String pipeline;
    private final int generation;
    private final CaptureStart start;
    private final boolean fresh;

    /**
     * Makes the topology.
     *
     * @param start what the preflight found
     * @param fresh whether the job starts without a savepoint, and so with a snapshot
     */
    public CaptureTopology(
            PostgresChangesConfig config, String pipeline, int generation, CaptureStart start, boolean fresh) {
        this.config = config;
        this.pipeline = pipeline;
        this.generation = generation;
        this.start = start;
        this.fresh = fresh;
    }

    /**
     * Adds the operators of the capture.
     *
     * @param captured from {@code PostgresChanges}
     * @param added from {@code AddedTables}
     * @param published what the job's own topics held when it started, and then no more; empty if it writes to none
     */
    public Changes of(DataStream<RowChange> captured, DataStream<RowChange> added, Optional<Changes> published) {
        SingleOutputStreamOperator<RowChange> rows = keepRows(markSnapshotEnd(version(captured)));
        KeyedStream<RowChange, String> keyed = rows.union(addTables(added)).keyBy(new RowKey());
        SingleOutputStreamOperator<RowChange> filled = fillToast(
                keepNewest(published.map(held -> sweep(keyed, held.rows())).orElse(keyed)));
        DataStream<DeadLetter> letters =
                rows.getSideOutput(KeepRows.DEAD_LETTERS).union(filled.getSideOutput(FillToast.DEAD_LETTERS));
        return new Changes(
                filled, published.map(held -> letters.union(held.deadLetters())).orElse(letters));
    }

    /**
     * Adds what makes targets sweep that rows are written to directly.
     *
     * @param tables schema and name of those that go to such a target; none adds nothing
     */
    public Changes announceSweep(Changes changes, List<String> tables) {
        if (tables.isEmpty()) {
            return changes;
        }
        AnnounceSweep function = new AnnounceSweep(tables, Version.of(generation, start.position()), fresh);
        DataStream<RowChange> rows = changes.rows()
                .transform("announce sweep", RowChangeTypeInfo.INSTANCE, function)
                .uid(AnnounceSweep.UID);
        return new Changes(rows, changes.deadLetters());
    }

    /**
     * Adds what makes a TRUNCATE reach the rows that were there.
     *
     * @param topics of the tables that go to Kafka; empty if none does
     * @param tables schema and name of those that go to another target
     */
    public Changes sweepTruncated(Changes changes, Optional<TruncatedTopics> topics, List<String> tables) {
        DataStream<RowChange> rows = changes.rows()
                .transform(
                        "sweep truncated",
                        RowChangeTypeInfo.INSTANCE,
                        new SweepTruncated(topics.orElse(null), Set.copyOf(tables)))
                .uid(SweepTruncated.UID);
        return new Changes(rows, changes.deadLetters());
    }

    private DataStream<RowChange> version(DataStream<RowChange> captured) {
        return captured.process(new AssignVersion(generation, start, config.tables()), RowChangeTypeInfo.INSTANCE)
                .uid(AssignVersion.UID)
                .name("assign version");
    }

    private static DataStream<RowChange> markSnapshotEnd(DataStream<RowChange> versioned) {
        return versioned
                .assignTimestampsAndWatermarks(SnapshotEnd.strategy())
                .uid(SnapshotEnd.UID)
                .name("mark snapshot's end");
    }

    private SingleOutputStreamOperator<RowChange> keepRows(DataStream<RowChange> changes) {
        return changes.process(new KeepRows(pipeline, config, start), RowChangeTypeInfo.INSTANCE)
                .uid(KeepRows.UID)
                .name("keep rows");
    }

    private DataStream<RowChange> addTables(DataStream<RowChange> added) {
        return added.process(new AddTables(generation), RowChangeTypeInfo.INSTANCE)
                .uid(AddTables.UID)
                .name("add tables");
    }

    private DataStream<RowChange> keepNewest(KeyedStream<RowChange, String> changes) {
        return changes.transform("keep newest", RowChangeTypeInfo.INSTANCE, new KeepNewest(config.tables(), start))
                .uid(KeepNewest.UID);
    }

    private SingleOutputStreamOperator<RowChange> fillToast(DataStream<RowChange> rows) {
        return DataStreamUtils.reinterpretAsKeyedStream(rows, new RowKey())
                .process(new FillToast(pipeline, config.address()), RowChangeTypeInfo.INSTANCE)
                .uid(FillToast.UID)
                .name("fill TOAST");
    }

    /** Stands first of the keyed operators: one with two inputs begins a chain, and each chain costs a serialization. */
    private KeyedStream<RowChange, String> sweep(
            KeyedStream<RowChange, String> captured, DataStream<RowChange> published) {
        long version = fresh ? Version.of(generation, start.position()) : Sweep.NOTHING;
        DataStream<RowChange> swept = captured.connect(published.keyBy(new RowKey()))
                .transform("sweep", RowChangeTypeInfo.INSTANCE, new Sweep(version, SourceBlock.of(config)))
                .uid(Sweep.UID);
        return DataStreamUtils.reinterpretAsKeyedStream(swept, new RowKey());
    }
}

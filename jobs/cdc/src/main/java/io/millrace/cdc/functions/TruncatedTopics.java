package io.millrace.cdc.functions;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.debezium.ChangeVersions;
import io.millrace.common.serde.debezium.DebeziumJson;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.debezium.Parsed;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.source.kafka.WholeTopic;
import io.millrace.common.source.postgres.SourceBlock;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of a capture, which hold the rows of a table that was truncated. */
public final class TruncatedTopics implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(TruncatedTopics.class);
    private static final RowKey ROW_KEY = new RowKey();

    private final KafkaConnection kafka;
    private final String prefix;
    private final int generation;
    private final SourceBlock block;
    private final HashSet<String> tables;

    /**
     * Names the topics.
     *
     * @param prefix the first part of their names
     * @param tables those that have one
     */
    public TruncatedTopics(
            KafkaConnection kafka, String prefix, int generation, SourceBlock block, Set<String> tables) {
        this.kafka = kafka;
        this.prefix = prefix;
        this.generation = generation;
        this.block = block;
        this.tables = new HashSet<>(tables);
    }

    /**
     * Gives a sweep of each row that a table's topic holds and whose version is below another one. Waits until the topic
     * is read; keeps the keys of one partition in memory.
     *
     * @param rowKeys whose rows to look at, as {@link RowKey} writes them
     * @return how many there are
     */
    long delete(String table, long version, Predicate<String> rowKeys, Consumer<RowChange> deletions)
            throws IOException {
        if (!tables.contains(table)) {
            return 0;
        }
        LiveRows rows = new LiveRows(version, rowKeys, deletions);
        WholeTopic.read(kafka, prefix + "." + table, rows);
        return rows.deleted;
    }

    private final class LiveRows implements WholeTopic.Reader {

        private final DebeziumJson parser = new DebeziumJson(
                new JsonLimits(Integer.MAX_VALUE, JsonLimits.DEFAULT.deepest()),
                new ChangeVersions(Generations.only(generation)));
        private final long version;
        private final Predicate<String> rowKeys;
        private final Consumer<RowChange> deletions;
        private final Map<String, RowChange> live = new LinkedHashMap<>();
        private long deleted;

        LiveRows(long version, Predicate<String> rowKeys, Consumer<RowChange> deletions) {
            this.version = version;
            this.rowKeys = rowKeys;
            this.deletions = deletions;
        }

        @Override
        public void take(ConsumedRecord record) {
            try {
                if (parser.parse(record) instanceof Parsed.Change parsed) {
                    note(parsed.change());
                }
            } catch (DataException e) {
                LOG.warn("{}@{} of {} stays: {}", record.partition(), record.offset(), record.topic(), e.getMessage());
            }
        }

        private void note(RowChange held) {
            String rowKey = ROW_KEY.getKey(held);
            if (!rowKeys.test(rowKey)) {
                return;
            }
            if (held.isDelete() && held.version() == version) {
                // ours, of a transaction that may have been taken back
                return;
            }
            if (held.isDelete() || held.version() >= version) {
                live.remove(rowKey);
            } else {
                live.put(rowKey, deletion(held));
            }
        }

        private RowChange deletion(RowChange held) {
            long lsn = Version.position(version);
            SourcePosition position = new SourcePosition(lsn, 0, 0, false, block.at(held.table(), lsn));
            return new RowChange(
                    held.table(), Operation.SWEEP, version, held.key(), null, null, held.schema(), position, null);
        }

        @Override
        public void endPartition() {
            live.values().forEach(deletions);
            deleted += live.size();
            live.clear();
        }
    }
}

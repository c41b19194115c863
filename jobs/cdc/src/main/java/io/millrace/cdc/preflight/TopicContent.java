package io.millrace.cdc.preflight;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.ColumnNames;
import io.millrace.common.serde.debezium.ChangeVersions;
import io.millrace.common.serde.debezium.DebeziumJson;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.debezium.Parsed;
import io.millrace.common.serde.debezium.TopicTables;
import io.millrace.common.source.kafka.TopicTail.Look;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the latest records of a topic tell: of which tables they are, and which columns these have. */
final class TopicContent {

    /** A partition that is all tombstones, or nothing that can be read, is not read to its beginning. */
    private static final int MOST_RECORDS = 1_000;

    private final String topic;
    private final DebeziumJson json;
    private final Map<String, Newest> tables = new TreeMap<>();
    private boolean skipped;
    private final Set<String> bareTables = new TreeSet<>();

    /** The names as the latest record tells them, with that record's time. */
    private record Newest(long timestamp, ColumnNames names) {

        Newest with(long time, ColumnNames told) {
            boolean later = time >= timestamp;
            return new Newest(
                    Math.max(time, timestamp),
                    new ColumnNames(
                            later ? told.key() : names.key(),
                            told.row().isEmpty() || (!later && !names.row().isEmpty()) ? names.row() : told.row()));
        }
    }

    TopicContent(String topic, JsonLimits limits) {
        this.topic = topic;
        this.json = new DebeziumJson(limits, new ChangeVersions(Generations.only(0)));
    }

    String topic() {
        return topic;
    }

    /** Looks at one partition. */
    Look look() {
        return new PartitionLook();
    }

    /** Returns the tables that records told of, with the columns that are known. */
    Map<String, ColumnNames> told() {
        Map<String, ColumnNames> told = new TreeMap<>();
        tables.forEach((table, newest) -> told.put(table, newest.names()));
        return told;
    }

    /** Returns the tables that it holds, by its records, else by its name; empty if neither tells. */
    Set<String> tables() {
        return tables.isEmpty() ? named().map(Set::of).orElse(Set.of()) : tables.keySet();
    }

    /** Whether it holds Debezium's heartbeats, transactions or schema changes, and no rows. */
    boolean isOfNoTable() {
        return topic.startsWith("__debezium-heartbeat") || (tables.isEmpty() && skipped);
    }

    /** Returns the tables of which rows came without a schema. */
    Set<String> bareTables() {
        return bareTables;
    }

    /** Whether it holds the table that it is named after, and no other. */
    boolean isAsNamed() {
        return tables().equals(named().map(Set::of).orElse(null));
    }

    private Optional<String> named() {
        try {
            return Optional.of(TopicTables.tableOf(topic));
        } catch (DataException e) {
            return Optional.empty();
        }
    }

    private final class PartitionLook implements Look {

        private int seen;
        private boolean done;

        @Override
        public void at(ConsumedRecord record) {
            seen++;
            try {
                Parsed parsed = json.parse(record);
                if (parsed instanceof Parsed.Change change) {
                    done |= note(change.change(), record);
                } else {
                    skipped = true;
                }
            } catch (DataException e) {
                // it will be a dead letter; another record may tell
            }
        }

        @Override
        public boolean isDone() {
            return done || seen >= MOST_RECORDS;
        }
    }

    /** Notes what a change tells; returns whether it told all columns. A lone tombstone's table is but a guess. */
    private boolean note(RowChange change, ConsumedRecord record) throws DataException {
        if (record.value() == null && !tables.containsKey(change.table())) {
            return false;
        }
        RowSchema schema = change.schema();
        if (change.after() != null && (schema == null || schema.value().length == 0)) {
            bareTables.add(change.table());
        }
        ColumnNames names = ColumnNames.of(change);
        tables.merge(
                change.table(),
                new Newest(record.timestamp(), names),
                (known, told) -> known.with(told.timestamp(), told.names()));
        return !names.row().isEmpty();
    }
}

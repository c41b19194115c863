package io.millrace.common.source.postgres;

import io.debezium.data.Envelope.FieldName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A stream as Postgres sends it: transactions that overlapped, one after the other in the order of their commits. */
record CommitOrder(List<Transaction> transactions) {

    private static final Schema VALUE = SchemaBuilder.struct()
            .field(FieldName.OPERATION, Schema.STRING_SCHEMA)
            .build();

    record Transaction(long number, long previousCommit, List<Change> changes) {}

    /** A change that says what its row holds from now on. */
    record Change(String key, String text, long lsn) {}

    static CommitOrder random(Random random, long start) {
        List<Transaction> transactions = new ArrayList<>();
        long commit = start;
        for (int i = 0; i < 40; i++) {
            long previous = commit;
            commit += 200 + random.nextInt(200);
            long began = Math.max(start, commit - 100 - random.nextInt(3_000));
            transactions.add(new Transaction(i + 1, previous, changes(random, began, commit)));
        }
        return new CommitOrder(transactions);
    }

    private static List<Change> changes(Random random, long began, long commit) {
        // one record of the log can hold several rows, so positions may repeat
        long[] positions = random.longs(1 + random.nextInt(6), began, commit).toArray();
        Arrays.sort(positions);
        List<Change> changes = new ArrayList<>();
        for (long lsn : positions) {
            changes.add(new Change("key" + random.nextInt(8), "text" + random.nextInt(), lsn));
            if (random.nextInt(3) == 0) {
                changes.add(new Change("key" + random.nextInt(8), "text" + random.nextInt(), lsn));
            }
        }
        return changes;
    }

    /**
     * Returns what Debezium makes of the transactions that committed after a position. It does not know the commit
     * before the first of them.
     */
    List<SourceRecord> recordsAfter(long commit) {
        List<SourceRecord> records = new ArrayList<>();
        for (Transaction one : transactions) {
            if (one.previousCommit() >= commit) {
                boolean first = one.previousCommit() == commit;
                one.changes().forEach(change -> records.add(record(one, change, first)));
            }
        }
        return records;
    }

    private static SourceRecord record(Transaction transaction, Change change, boolean first) {
        Map<String, Object> offset = new HashMap<>();
        offset.put("lsn", change.lsn());
        offset.put("txId", transaction.number());
        if (!first) {
            offset.put("lsn_commit", transaction.previousCommit());
        }
        Struct value = new Struct(VALUE).put(FieldName.OPERATION, "u");
        SourceRecord record = new SourceRecord(Map.of("server", "dbserver1"), offset, "topic", VALUE, value);
        record.headers().addString(change.key(), change.text());
        return record;
    }

    /** What each key holds in the end, by the order of commits. */
    Map<String, String> outcome() {
        Map<String, String> outcome = new HashMap<>();
        transactions.forEach(one -> one.changes().forEach(change -> outcome.put(change.key(), change.text())));
        return outcome;
    }

    /** Each change once, in the order of commits. */
    List<String> texts() {
        return transactions.stream()
                .flatMap(one -> one.changes().stream())
                .map(Change::text)
                .toList();
    }
}

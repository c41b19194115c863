package io.millrace.common.source.postgres;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A stream as Postgres sends it: transactions that overlapped, one after the other in the order of their commits. */
record CommitOrder(List<Transaction> transactions) {

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
     * Returns what is read of the transactions that committed after a position, behind the news that the stream begins.
     * The commit before the first of them is not known.
     */
    List<StreamedChange> recordsAfter(long commit) {
        List<StreamedChange> records = new ArrayList<>();
        records.add(StreamedChange.begin());
        for (Transaction one : transactions) {
            if (one.previousCommit() >= commit) {
                boolean first = one.previousCommit() == commit;
                long previous = first ? StreamedChange.UNKNOWN : one.previousCommit();
                one.changes()
                        .forEach(change ->
                                records.add(change(change.key(), change.text(), previous, one.number(), change.lsn())));
            }
        }
        return records;
    }

    /** Makes a change whose row is a text. */
    static StreamedChange change(String key, String text, long previousCommit, long transaction, long lsn) {
        RowChange change = new RowChange(
                "public.t",
                Operation.UPDATE,
                RowChange.UNVERSIONED,
                key.getBytes(StandardCharsets.UTF_8),
                null,
                text.getBytes(StandardCharsets.UTF_8),
                null,
                new SourcePosition(lsn, previousCommit, 0, false, null),
                null);
        return StreamedChange.of(change, transaction);
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

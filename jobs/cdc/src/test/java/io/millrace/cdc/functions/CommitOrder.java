package io.millrace.cdc.functions;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A stream as Postgres sends it: transactions that overlapped, one after the other in the order of their commits. */
record CommitOrder(List<Transaction> transactions) {

    record Transaction(long previousCommit, List<RowChange> changes) {}

    static CommitOrder random(Random random, long start) {
        List<Transaction> transactions = new ArrayList<>();
        long commit = start;
        for (int i = 0; i < 40; i++) {
            long previous = commit;
            commit += 200 + random.nextInt(200);
            long began = Math.max(start, commit - 100 - random.nextInt(3_000));
            transactions.add(new Transaction(previous, changes(random, began, commit, previous)));
        }
        return new CommitOrder(transactions);
    }

    private static List<RowChange> changes(Random random, long began, long commit, long previousCommit) {
        // one record of the WAL can hold several rows, so positions may repeat
        long[] positions = random.longs(1 + random.nextInt(6), began, commit).toArray();
        Arrays.sort(positions);
        List<RowChange> changes = new ArrayList<>();
        for (long lsn : positions) {
            int id = random.nextInt(8);
            boolean delete = random.nextInt(4) == 0;
            String after = delete ? null : "{\"id\":" + id + ",\"bio\":\"" + random.nextInt() + "\"}";
            changes.add(Changes.change(delete ? Operation.DELETE : Operation.UPDATE, id, after, lsn, previousCommit));
        }
        return changes;
    }

    /** What each key holds in the end, by the order of commits. */
    Map<String, String> outcome() {
        Map<String, String> outcome = new HashMap<>();
        transactions.stream().flatMap(one -> one.changes().stream()).forEach(change -> put(outcome, change));
        return outcome;
    }

    static void put(Map<String, String> rows, RowChange change) {
        rows.put(Changes.text(change.key()), change.after() == null ? "" : Changes.text(change.after()));
    }
}

package io.millrace.common.sink.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.event.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Many changes of few rows of {@link UserTable}, each newer than those before it, and what they come to. */
public final class UserHistory {

    private static final UserTable USERS = UserTable.named();
    private static final int CHANGES = 3000;
    private static final int ROWS = 60;

    private UserHistory() {}

    /** Returns changes in the order of their versions; the caller may change the list. */
    public static List<RowChange> of(Random random) {
        List<RowChange> changes = new ArrayList<>();
        for (int version = 1; version <= CHANGES; version++) {
            int id = random.nextInt(ROWS);
            changes.add(random.nextInt(4) == 0 ? USERS.delete(version, id) : USERS.row(version, id, "v" + version));
        }
        return changes;
    }

    /** Returns the rows that the last change of each key leaves, in the order of the list, as lines of a result. */
    public static List<String> outcome(List<RowChange> changes) {
        Map<Integer, String> rows = new TreeMap<>();
        for (RowChange change : changes) {
            int id = Integer.parseInt(new String(change.key(), UTF_8).replaceAll("\\D", ""));
            if (change.isDelete()) {
                rows.remove(id);
            } else {
                rows.put(id, "v" + change.version());
            }
        }
        return rows.entrySet().stream()
                .map(row -> row.getKey() + "\t" + row.getValue())
                .toList();
    }
}

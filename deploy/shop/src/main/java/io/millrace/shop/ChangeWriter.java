package io.millrace.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one open transaction on one connection, and counts the rows that they changed. */
final class ChangeWriter {

    private final Connection connection;
    private final ShopRandom random;
    private final int keySpace;
    private final Map<String, Long> counts = new HashMap<>();

    ChangeWriter(Connection connection, ShopRandom random, int keySpace) {
        this.connection = connection;
        this.random = random;
        this.keySpace = keySpace;
    }

    /** Returns rows by table and steps by kind since the last call. */
    Map<String, Long> drainCounts() {
        Map<String, Long> drained = Map.copyOf(counts);
        counts.clear();
        return drained;
    }

    void write(Change change) throws SQLException {
        ShopTable table = change.table();
        int number = change.number();
        long rows = switch (change.kind()) {
            case INSERT -> execute(table.insertSql() + " ON CONFLICT DO NOTHING", table.row(number, random));
            case UPSERT -> execute(table.upsertSql(), table.row(number, random));
            case UPDATE -> update(table, number);
            case UPDATE_LARGE -> updateLarge(table, number);
            case BLANK -> blank(table, number);
            case DELETE ->
                execute(table.deleteSql(), new ArrayList<>(table.key().apply(number)));
            case MOVE_KEY -> moveKey(table, number, false);
            case MOVE_KEY_AND_BACK -> moveKey(table, number, true);
            case SUBTRANSACTION -> subtransaction(table, number);
        };
        if (rows > 0) {
            count(table.name(), rows);
            count(WorkloadCounts.ROWS, rows);
            count(change.kind().name().toLowerCase(Locale.ROOT), 1);
        }
    }

    long update(ShopTable table, int number) throws SQLException {
        List<ShopColumn> columns = new ArrayList<>(table.smallColumns());
        while (columns.size() > 1 && random.chance(0.6)) {
            columns.remove(random.between(0, columns.size() - 1));
        }
        return set(table, number, columns);
    }

    private long updateLarge(ShopTable table, int number) throws SQLException {
        List<ShopColumn> large = table.largeColumns();
        return large.isEmpty() ? update(table, number) : set(table, number, large);
    }

    private long set(ShopTable table, int number, List<ShopColumn> columns) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        columns.forEach(column -> values.add(column.next(random)));
        values.addAll(table.key().apply(number));
        return execute(table.updateSql(columns), values);
    }

    private long blank(ShopTable table, int number) throws SQLException {
        ShopColumn column = random.pick(
                table.columns().stream().filter(ShopColumn::nullable).toList());
        List<@Nullable String> values = new ArrayList<>(Collections.singletonList(column.blank(random)));
        values.addAll(table.key().apply(number));
        return execute(table.updateSql(List.of(column)), values);
    }

    /** Gives the row another key, if that one is free, and maybe the old key again. */
    private long moveKey(ShopTable table, int number, boolean back) throws SQLException {
        int target = random.between(1, keySpace);
        Savepoint before = connection.setSavepoint();
        try {
            long rows = move(table, number, target);
            if (back && rows > 0) {
                rows += update(table, target);
                rows += move(table, target, number);
            }
            connection.releaseSavepoint(before);
            return rows;
        } catch (SQLException e) {
            if (!SqlStates.isTaken(e)) {
                throw e;
            }
            connection.rollback(before);
            return 0;
        }
    }

    private long move(ShopTable table, int from, int to) throws SQLException {
        List<@Nullable String> values = new ArrayList<>(table.key().apply(to));
        values.addAll(table.key().apply(from));
        return execute(table.moveSql(), values);
    }

    /** Changes a row, takes that back, and changes it in another way. */
    private long subtransaction(ShopTable table, int number) throws SQLException {
        Savepoint before = connection.setSavepoint();
        update(table, number);
        connection.rollback(before);
        return update(table, number);
    }

    private long execute(String sql, List<@Nullable String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            return statement.executeUpdate();
        }
    }

    private void count(String name, long more) {
        counts.merge(name, more, Long::sum);
    }
}

package io.millrace.common.source.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of a row as they are now, by its key. One connection, opened when first needed; used by one thread.
 * A value that changed after the change in hand is the newer one, whose own change is still to come.
 */
public final class RowReader implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** How long a database that is away is asked again. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final int MOST_CACHED = 1_000;

    /** Classes of SQLSTATE, and one of the first class that a person mends. */
    private static final String WRONG_NAMES = "42";

    private static final String WRONG_VALUES = "22";
    private static final String NO_RIGHT = "42501";
    private static final int FIRST_VALUE = 3;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PostgresAddress address;
    private final Duration longestWait;
    private final Pause pause;
    private final Map<String, Map<String, String>> sqlTypes = new HashMap<>();
    private final Map<String, String> ownRows = new HashMap<>();
    private final Map<RowSchema, RowTypes> types = new HashMap<>();
    private @Nullable Connection connection;

    /** How the thread waits before it asks again. */
    @FunctionalInterface
    interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    /**
     * Makes a reader that connects when it is first needed.
     *
     * @param longestWait how long a database that is away is asked again
     */
    public RowReader(PostgresAddress address, Duration longestWait) {
        this(address, longestWait, time -> Thread.sleep(time.toMillis()));
    }

    RowReader(PostgresAddress address, Duration longestWait, Pause pause) {
        this.address = address;
        this.longestWait = longestWait;
        this.pause = pause;
    }

    /**
     * Reads some columns of the row that a change is about.
     *
     * @param columns names as a row's JSON has them
     * @return the JSON of each column by the same name; nothing if the row is gone
     * @throws DataException if the columns, or the table, are no longer what the change says
     * @throws IOException if the database cannot be asked, or does not show the change's own transaction to others yet:
     *     it is asked again, at growing distances
     * @throws InterruptedIOException if the thread is interrupted while it waits; it stays interrupted
     */
    public Optional<Map<String, byte[]>> read(RowChange change, RowSchema schema, List<String> columns)
            throws IOException, DataException {
        Duration next = FIRST_PAUSE;
        Duration left = longestWait;
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(change, schema, columns);
            } catch (UnseenException e) {
                if (left.isZero()) {
                    throw new IOException(failure(change) + ": " + e.getMessage(), e);
                }
            } catch (SQLException e) {
                close();
                if (attempt > 1) {
                    refuseForGood(change, columns, e);
                }
                if (left.isZero()) {
                    throw new IOException(failure(change) + ", " + attempt + " attempts: " + e.getMessage(), e);
                }
            }
            Duration now = next.compareTo(left) < 0 ? next : left;
            await(now, change);
            left = left.minus(now);
            next = next.multipliedBy(2);
        }
    }

    /** What was remembered of the table may be out of date the first time; it is not the second time. */
    private void refuseForGood(RowChange change, List<String> columns, SQLException error)
            throws IOException, DataException {
        String state = String.valueOf(error.getSQLState());
        if (state.equals(NO_RIGHT)) {
            throw new IOException(failure(change) + ": " + error.getMessage() + "; run GRANT SELECT ON "
                    + TableName.of(change.table()).quoted() + " TO " + TableName.quote(address.user()));
        }
        if (state.startsWith(WRONG_NAMES) || state.startsWith(WRONG_VALUES)) {
            throw changed(columns, String.valueOf(error.getMessage()));
        }
    }

    private static DataException changed(List<String> columns, String what) {
        return new DataException("column " + String.join(", ", columns) + " holds a large value that Postgres did not"
                + " send and that cannot be read back, because the table has changed since: " + what);
    }

    private void await(Duration time, RowChange change) throws InterruptedIOException {
        try {
            pause.last(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(failure(change) + ": interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private String failure(RowChange change) {
        return "a row of " + change.table() + " cannot be read back from " + address.url();
    }

    private Optional<Map<String, byte[]>> readOnce(RowChange change, RowSchema schema, List<String> columns)
            throws SQLException, UnseenException, IOException, DataException {
        if (connection == null) {
            connection = address.connect("read back");
            connection.setReadOnly(true);
        }
        if (types.size() > MOST_CACHED) {
            types.clear();
        }
        RowTypes known = types.get(schema);
        if (known == null) {
            known = RowTypes.of(schema);
            types.put(schema, known);
        }
        return select(connection, change, known, new ColumnTypes(columns, schema.forms()));
    }

    private Optional<Map<String, byte[]>> select(Connection open, RowChange change, RowTypes known, ColumnTypes columns)
            throws SQLException, UnseenException, IOException, DataException {
        TableName table = TableName.of(change.table());
        JsonNode key = MAPPER.readTree(change.key());
        List<String> keyColumns = new ArrayList<>();
        key.fieldNames().forEachRemaining(keyColumns::add);
        // no cast to text: the stream has what the type's output function prints, and a cast trims char(n)
        try (PreparedStatement statement = open.prepareStatement(query(open, table, keyColumns, columns.names()))) {
            for (int i = 0; i < keyColumns.size(); i++) {
                String column = keyColumns.get(i);
                RowTypes.Type type = known.key().getOrDefault(column, new RowTypes.Type("string", "", ""));
                statement.setString(i + 1, KeyText.of(key.path(column), type));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                requireSeen(change, row.getString(1));
                return row.getBoolean(2) ? Optional.of(values(row, known, columns)) : Optional.empty();
            }
        }
    }

    /** A row that is not there yet must not be taken for one that is gone, nor its last version for its newest. */
    private static void requireSeen(RowChange change, String snapshot) throws UnseenException, IOException {
        byte[] block = change.source().block();
        JsonNode transaction = block == null
                ? MissingNode.getInstance()
                : MAPPER.readTree(block).path("txId");
        if (transaction.isIntegralNumber() && !TransactionSnapshot.of(snapshot).sees(transaction.asLong())) {
            throw new UnseenException("the transaction " + transaction
                    + " has committed, but nobody sees it yet; does it wait for a synchronous standby?");
        }
    }

    private static final class UnseenException extends Exception {

        private static final long serialVersionUID = 1L;

        UnseenException(String message) {
            super(message);
        }
    }

    private static Map<String, byte[]> values(ResultSet row, RowTypes known, ColumnTypes columns)
            throws SQLException, IOException, DataException {
        Map<String, byte[]> values = new HashMap<>();
        int at = FIRST_VALUE;
        for (String column : columns.names()) {
            RowTypes.Type type = known.row().getOrDefault(plain(column), new RowTypes.Type("string", "", ""));
            try {
                columns.requireStill(column, row.getLong(at + 1));
                values.put(column, ColumnJson.of(row.getString(at), type));
            } catch (IllegalArgumentException e) {
                throw changed(columns.names(), String.valueOf(e.getMessage()));
            }
            at += 2;
        }
        return values;
    }

    private String query(Connection open, TableName table, List<String> keyColumns, List<String> columns)
            throws SQLException, IOException {
        Map<String, String> declared = sqlTypes(open, table);
        List<String> selected = new ArrayList<>();
        for (String column : columns) {
            String name = "t." + TableName.quote(plain(column));
            selected.add(name + ", pg_typeof(" + name + ")::oid");
        }
        String where = keyColumns.stream()
                .map(column ->
                        "t." + TableName.quote(column) + " = CAST(? AS " + declared.getOrDefault(column, "text") + ")")
                .collect(Collectors.joining(" AND "));
        return "SELECT txid_current_snapshot()::text, t.ctid IS NOT NULL, " + String.join(", ", selected)
                + " FROM (SELECT 1) AS always LEFT JOIN " + ownRows.getOrDefault(table.toString(), "") + table.quoted()
                + " AS t ON " + where;
    }

    private Map<String, String> sqlTypes(Connection open, TableName table) throws SQLException {
        Map<String, String> found = sqlTypes.get(table.toString());
        if (found == null) {
            found = new HashMap<>();
            for (Sql.Row row : new Sql(open)
                    .rows(
                            "SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute"
                                    + " WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped",
                            table.quoted())) {
                found.put(row.text("attname"), row.text("type"));
            }
            sqlTypes.put(table.toString(), found);
            ownRows.put(table.toString(), OwnRows.of(new Sql(open), table));
        }
        return found;
    }

    private static String plain(String escaped) throws IOException {
        return escaped.indexOf('\\') < 0 ? escaped : MAPPER.readValue('"' + escaped + '"', String.class);
    }

    @Override
    public void close() {
        sqlTypes.clear();
        try (Connection open = connection) {
            connection = null;
        } catch (SQLException e) {
            connection = null;
        }
    }
}

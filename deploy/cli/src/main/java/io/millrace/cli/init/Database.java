package io.millrace.cli.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.PostgresLogin;
import io.millrace.cli.PostgresUrls;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * Somebody's database.
 *
 * @param jdbcUrl without a user or a password
 */
record Database(String jdbcUrl, Properties login) {

    /** Those of people: not Postgres' own, not an extension's, not ours, and of a partitioned table only the whole. */
    private static final String TABLES = """
            SELECT n.nspname, c.relname, greatest(c.reltuples, 0)::bigint AS rows, pg_total_relation_size(c.oid) AS bytes,
                   coalesce((SELECT json_agg(a.attname ORDER BY k.place)
                             FROM pg_index i
                             CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
                             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                             WHERE i.indrelid = c.oid AND i.indisprimary AND k.place <= i.indnkeyatts), '[]')::text AS key
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
            AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'millrace') AND n.nspname NOT LIKE 'pg\\_%'
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                            AND d.deptype = 'e')
            ORDER BY n.nspname, c.relname
            """;

    private static final String NO_ADDRESS =
            "--postgres must name one server and a database, as postgresql://HOST:PORT/DATABASE";

    private static final int STANDARD_PORT = 5432;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns what people call it. */
    String shown() {
        return PostgresUrls.shown(jdbcUrl);
    }

    String user() {
        return PostgresLogin.user(login);
    }

    String host() {
        return address().getHost();
    }

    int port() {
        int port = address().getPort();
        return port < 0 ? STANDARD_PORT : port;
    }

    String name() {
        return address().getPath().substring(1);
    }

    private URI address() {
        try {
            URI address = new URI(jdbcUrl.substring("jdbc:".length()));
            if (address.getHost() != null && address.getPath().length() > 1) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new CommandFailure(NO_ADDRESS, e);
        }
        throw new CommandFailure(NO_ADDRESS);
    }

    /** Returns the tables that people made. */
    List<Table> tables() throws SQLException, JsonProcessingException {
        List<Table> tables = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(TABLES);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                tables.add(new Table(
                        Objects.requireNonNull(rows.getString("nspname")),
                        Objects.requireNonNull(rows.getString("relname")),
                        JSON.readValue(rows.getString("key"), new TypeReference<List<String>>() {}),
                        rows.getLong("rows"),
                        rows.getLong("bytes")));
            }
        }
        return tables;
    }

    private Connection connect() {
        try {
            return DriverManager.getConnection(jdbcUrl, login);
        } catch (SQLException e) {
            throw new CommandFailure("Postgres at " + shown() + " refuses the connection: " + e.getMessage(), e);
        }
    }
}

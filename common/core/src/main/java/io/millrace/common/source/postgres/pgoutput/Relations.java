package io.millrace.common.source.postgres.pgoutput;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.MessageDecoderContext;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import io.millrace.common.source.postgres.ConnectJson;
import io.millrace.common.source.postgres.RowSchemas;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables that the stream has described, by their numbers. What a message does not say, keys and defaults, comes
 * from the catalog, as Debezium reads it.
 */
final class Relations {

    private final PostgresConnectorConfig config;
    private final PostgresSchema schema;
    private final PostgresConnection catalog;
    private final PgOutputMessageDecoder decoder;
    private final ConnectJson json;
    private final RowSchemas schemas = new RowSchemas();
    private final Map<Integer, Relation> known = new HashMap<>();

    Relations(PostgresConnectorConfig config, PostgresSchema schema, PostgresConnection catalog, ConnectJson json) {
        this.config = config;
        this.schema = schema;
        this.catalog = catalog;
        this.decoder = new PgOutputMessageDecoder(new MessageDecoderContext(config, schema), catalog);
        this.json = json;
    }

    /** Returns a table; null if it is none of ours. */
    @Nullable
    Relation get(int number) {
        return known.get(number);
    }

    /** Takes a description, from its first byte on. */
    void describe(ByteBuffer message) throws SQLException, IOException, InterruptedException {
        int number = message.getInt(message.position() + 1);
        decoder.processNotEmptyMessage(message, ignored -> {}, schema.getTypeRegistry());
        catalog.commit();
        Table table = schema.tableFor(number);
        if (table == null) {
            known.remove(number);
        } else {
            known.put(number, relation(table));
        }
    }

    private Relation relation(Table table) throws IOException {
        TableSchema described = schema.schemaFor(table.id());
        LogSource source = new LogSource(config.getLogicalName(), config.databaseName(), table.id());
        return new Relation(table, described, source, schema.getTypeRegistry(), json, schemas);
    }
}

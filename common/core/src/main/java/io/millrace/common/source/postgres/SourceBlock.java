package io.millrace.common.source.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.debezium.connector.postgresql.Module;
import io.millrace.common.postgres.TableName;
import java.io.Serializable;

/**
 * Writes Debezium's {@code source} object for a change that no log held: a row that was found to have vanished.
 *
 * @param serverName as in {@link PostgresChangesConfig}
 */
public record SourceBlock(String serverName, String database) implements Serializable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static SourceBlock of(PostgresChangesConfig config) {
        return new SourceBlock(config.serverName(), config.address().database());
    }

    /**
     * Writes the object.
     *
     * @param position in the WAL, in bytes
     */
    public byte[] at(String table, long position) {
        TableName name = TableName.of(table);
        ObjectNode block = MAPPER.createObjectNode()
                .put("version", Module.version())
                .put("connector", Module.name())
                .put("name", serverName)
                .put("ts_ms", 0L)
                .put("snapshot", "true")
                .put("db", database)
                .putNull("sequence")
                .put("schema", name.schema())
                .put("table", name.name())
                .putNull("txId")
                .put("lsn", position)
                .putNull("xmin");
        try {
            return MAPPER.writeValueAsBytes(block);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }
}

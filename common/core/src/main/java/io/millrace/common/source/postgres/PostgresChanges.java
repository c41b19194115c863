package io.millrace.common.source.postgres;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.ReplicationMessageColumnValueResolver;
import io.millrace.common.event.RowChange;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.TableName;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.cdc.connectors.postgres.source.PostgresSourceBuilder.PostgresIncrementalSource;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfigFactory;

/**
 * The rows of Postgres tables and then their changes, at least once, in the order of their commits.
 *
 * <p>Rows of the snapshot come first, read in parallel; one subtask then reads the stream. The publication and the
 * slot must be there: {@link PostgresPreflight} makes them.
 */
public final class PostgresChanges {

    private PostgresChanges() {}

    /**
     * Makes the source. It also delivers changes of {@link HeartbeatTable}, which are no rows of anybody's. The version
     * of a change of the stream is its place in the order of commits: it grows with each, and stays the same if the
     * change comes again. Rows of the snapshot have none.
     *
     * @param start its position is that of the snapshot's rows; the stream's changes lie above it
     */
    public static Source<RowChange, ?, ?> of(PostgresChangesConfig config, CaptureStart start) {
        if (!ReplicationMessageColumnValueResolver.keepsText() || !TypeRegistry.takesEnumsWithoutLabels()) {
            throw new IllegalStateException("Debezium's own classes were found first on the class path");
        }
        String placeholder = "unavailable-" + UUID.randomUUID();
        PostgresSourceConfigFactory factory = factory(config, placeholder);
        return new WholeSnapshotSource(new RowChangeSource(
                factory, new RowChangeType(), dialect(factory, config, placeholder, start), start.position()));
    }

    static SlotDialect dialect(
            PostgresSourceConfigFactory factory, PostgresChangesConfig config, String placeholder, CaptureStart start) {
        return new SlotDialect(factory.create(0), config, placeholder, start);
    }

    static PostgresSourceConfigFactory factory(PostgresChangesConfig config, String placeholder) {
        return PostgresIncrementalSource.<RowChange>builder()
                .hostname(config.address().host())
                .port(config.address().port())
                .database(config.address().database())
                .username(config.address().user())
                .password(config.address().password().reveal())
                .schemaList(schemas(config))
                .tableList(tables(config))
                .slotName(config.slot())
                .decodingPluginName("pgoutput")
                .splitSize(config.chunkRows())
                .fetchSize(config.fetchRows())
                .skipSnapshotBackfill(true)
                .includePartitionedTables(true)
                .lsnCommitCheckpointsDelay(0)
                .heartbeatInterval(config.heartbeat())
                .debeziumProperties(debezium(config, placeholder))
                .getConfigFactory();
    }

    private static Properties debezium(PostgresChangesConfig config, String placeholder) {
        Properties properties = new Properties();
        properties.setProperty("database.server.name", config.serverName());
        properties.setProperty("database.binaryTransfer", "false");
        properties.setProperty("database.initial.statements", PostgresAddress.IN_UTC);
        properties.setProperty("database.loginTimeout", Integer.toString(PostgresAddress.LOGIN_SECONDS));
        properties.setProperty("publication.name", config.publication());
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("datatype.propagate.source.type", SourceTypes.TOLD);
        properties.setProperty("decimal.handling.mode", "string");
        properties.setProperty("truncate.handling.mode", "include");
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("poll.interval.ms", Long.toString(config.poll().toMillis()));
        properties.setProperty("unavailable.value.placeholder", placeholder);
        properties.setProperty("toasted.value.placeholder", placeholder);
        config.address().tls().properties().forEach((name, value) -> properties.setProperty("database." + name, value));
        HiddenPassword.properties(placeholder)
                .forEach((name, value) -> properties.setProperty("database." + name, value));
        properties.setProperty("converters", "text");
        properties.setProperty("text.type", PostgresTextConverter.class.getName());
        properties.setProperty("text." + PostgresTextConverter.PLACEHOLDER, placeholder);
        return properties;
    }

    private static String[] schemas(PostgresChangesConfig config) {
        return captured(config)
                .map(table -> Pattern.quote(TableName.of(table).schema()))
                .distinct()
                .toArray(String[]::new);
    }

    private static String[] tables(PostgresChangesConfig config) {
        return captured(config).map(Pattern::quote).toArray(String[]::new);
    }

    private static Stream<String> captured(PostgresChangesConfig config) {
        return Stream.concat(config.tables().stream(), List.of(HeartbeatTable.NAME).stream());
    }
}

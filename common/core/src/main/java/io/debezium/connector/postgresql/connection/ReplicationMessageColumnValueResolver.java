package io.debezium.connector.postgresql.connection;

import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.millrace.common.source.postgres.PrintedTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of Debezium's class of this name, which turns money, intervals, geometry and the like into Java
 * objects that no longer know what Postgres printed. Here only the types that have one exact Java value are
 * parsed; every other value, arrays included, stays the text that Postgres sent.
 *
 * <p>It must come before Debezium's on the class path; {@link #keepsText} exists nowhere else.
 */
public final class ReplicationMessageColumnValueResolver {

    /** A user's type may have the name of one that comes with Postgres. */
    private static final int FIRST_USER_OID = 16_384;

    private ReplicationMessageColumnValueResolver() {}

    /** Fails to link if Debezium's own class is found first. */
    public static boolean keepsText() {
        return true;
    }

    /** Called by Debezium's decoders, with its parameters. */
    @SuppressWarnings("rawtypes") // as Debezium declares its values
    public static @Nullable Object resolveValue(
            String columnName,
            PostgresType type,
            String fullType,
            ReplicationMessage.ColumnValue value,
            PgConnectionSupplier connection,
            boolean includeUnknownDatatypes,
            TypeRegistry typeRegistry) {
        if (value.isNull()) {
            return null;
        }
        PostgresType root = type.getRootType();
        boolean isBuiltIn = Integer.compareUnsigned(root.getOid(), FIRST_USER_OID) < 0;
        return isBuiltIn && !root.isArrayType() ? typed(root.getName(), value) : value.asString();
    }

    @SuppressWarnings("rawtypes") // as Debezium declares its values
    private static Object typed(String type, ReplicationMessage.ColumnValue value) {
        return switch (type) {
            case "bool" -> value.asBoolean();
            case "int2", "int4" -> value.asInteger();
            case "int8", "oid" -> value.asLong();
            case "float4" -> value.asFloat();
            case "float8" -> value.asDouble();
            case "date" -> PrintedTime.date(value.asString());
            case "timestamp" -> timestamp(value);
            case "timestamptz" -> timestampWithZone(value);
            case "time" -> value.asTime();
            case "bytea" -> value.asByteArray();
            default -> value.asString();
        };
    }

    /** What has no end is Debezium's to say: its consumers know it by the number. */
    @SuppressWarnings("rawtypes")
    private static Object timestamp(ReplicationMessage.ColumnValue value) {
        String text = value.asString();
        return PrintedTime.isInfinite(text) ? value.asInstant() : PrintedTime.timestamp(text);
    }

    /** The same moment as without a zone: Debezium's own has a year that Elasticsearch cannot hold. */
    @SuppressWarnings("rawtypes")
    private static Object timestampWithZone(ReplicationMessage.ColumnValue value) {
        String text = value.asString();
        return PrintedTime.isInfinite(text)
                ? value.asInstant().atOffset(ZoneOffset.UTC)
                : PrintedTime.timestampWithZone(text);
    }
}

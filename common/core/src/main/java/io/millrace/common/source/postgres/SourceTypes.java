package io.millrace.common.source.postgres;

import java.util.List;

/** The types of Postgres that are told beside each message, because the type of Connect does not say as much. */
final class SourceTypes {

    /**
     * What a field's own type and name say as well. To tell it of each column, before and after the change, would be a
     * third of a message.
     */
    private static final List<String> PLAIN = List.of(
            "int2",
            "int4",
            "int8",
            "smallserial",
            "serial",
            "bigserial",
            "float4",
            "float8",
            "bool",
            "text",
            "bytea",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "uuid",
            "jsonb");

    /** Matches {@code schema.table.type} in Debezium's option {@code datatype.propagate.source.type}. */
    static final String TOLD = ".*\\.(?!(?:" + String.join("|", PLAIN) + ")$)[^.]+";

    private SourceTypes() {}
}

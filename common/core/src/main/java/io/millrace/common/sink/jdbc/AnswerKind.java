package io.millrace.common.sink.jdbc;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What follows from an answer of Postgres' that is an error. */
enum AnswerKind {
    /** Somebody changed the table, or it is gone: look at it again. */
    STRUCTURE,
    /** A row is refused for what it is. */
    DATA,
    /** No write of this user gets through. */
    FATAL,
    /** Away, busy, full, or in a deadlock: the same again later. */
    TRANSIENT;

    private static final Set<String> STRUCTURES = Set.of(
            "26000", // invalid_sql_statement_name
            "3F000", // invalid_schema_name
            "428C9", // generated_always
            "42701", // duplicate_column
            "42703", // undefined_column
            "42804", // datatype_mismatch
            "42809", // wrong_object_type
            "42P01", // undefined_table
            "42P07", // duplicate_table
            "42P10"); // invalid_column_reference: no unique index of the key

    /** Classes: data exception, integrity constraint, view's check, program limit, raised by a trigger. */
    private static final Set<String> DATA_CLASSES = Set.of("22", "23", "44", "54", "P0");

    /** Classes: feature not supported, authorization, others depend on it, no such database, syntax or access. */
    private static final Set<String> FATAL_CLASSES = Set.of("0A", "28", "2B", "3D", "42");

    /**
     * Decides by the first characters, its class, unless the whole code is known.
     *
     * @param sqlState of Postgres' <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">error
     *     codes</a>; null if nobody answered
     */
    static AnswerKind of(@Nullable String sqlState) {
        if (sqlState == null || sqlState.length() < 2) {
            return TRANSIENT;
        }
        String group = sqlState.substring(0, 2);
        if (STRUCTURES.contains(sqlState)) {
            return STRUCTURE;
        }
        if (DATA_CLASSES.contains(group)) {
            return DATA;
        }
        return FATAL_CLASSES.contains(group) ? FATAL : TRANSIENT;
    }
}

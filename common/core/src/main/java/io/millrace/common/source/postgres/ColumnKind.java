package io.millrace.common.source.postgres;

import java.sql.Types;
import java.util.Set;

/** How a column's value leaves Postgres: as a typed value of Debezium, as an array of such, or as Postgres' own text. */
enum ColumnKind {
    TYPED,
    ARRAY,
    TEXT;

    private static final int FIRST_USER_OID = 16_384;

    private static final int BOOL = 16;
    private static final int BYTEA = 17;
    private static final int CHAR = 18;
    private static final int NAME = 19;
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int TEXT_OID = 25;
    private static final int OID = 26;
    private static final int JSON = 114;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;
    /** The only array whose elements Postgres does not separate by commas. */
    private static final int BOX_ARRAY = 1020;

    private static final int BPCHAR = 1042;
    private static final int VARCHAR = 1043;
    private static final int DATE = 1082;
    private static final int TIME = 1083;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int UUID = 2950;
    private static final int JSONB = 3802;

    private static final Set<Integer> TYPED_OIDS = Set.of(
            BOOL,
            BYTEA,
            CHAR,
            NAME,
            INT8,
            INT2,
            INT4,
            TEXT_OID,
            OID,
            JSON,
            FLOAT4,
            FLOAT8,
            BPCHAR,
            VARCHAR,
            DATE,
            TIME,
            TIMESTAMP,
            TIMESTAMPTZ,
            UUID,
            JSONB);

    /**
     * Decides by what the type is at its root, below any domain.
     *
     * @param rootOid the type's number in {@code pg_type}
     * @param jdbcType what the driver calls it: an enum is a VARCHAR there
     */
    static ColumnKind of(int rootOid, int jdbcType) {
        if (jdbcType == Types.ARRAY) {
            return rootOid == BOX_ARRAY ? TEXT : ARRAY;
        }
        boolean isEnum = rootOid >= FIRST_USER_OID && jdbcType == Types.VARCHAR;
        return isEnum || TYPED_OIDS.contains(rootOid) ? TYPED : TEXT;
    }
}

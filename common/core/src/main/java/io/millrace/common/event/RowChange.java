package io.millrace.common.event;

import io.millrace.common.replay.Version;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One change of one row, wherever it was captured: the element between every CDC source and every target.
 *
 * <p>Rows stay the bytes of the JSON object that Debezium writes for them, so that a change can be forwarded
 * without being taken apart, and is parsed only by a target that needs its columns. Arrays are shared, never
 * copied, and must not be written to.
 *
 * @param table schema and name, as {@code public.users}
 * @param version see {@link Version}; {@link #UNVERSIONED} until it is decided
 * @param key the key row as a JSON object, as {@code {"id":1}}; empty if the change names no row
 * @param before the row before; null if unknown (an insert, or a replica identity that does not tell)
 * @param after the row after; null exactly for a delete, a truncate or a sweep
 * @param schema the columns of key and row; null if whoever captured the change did not say
 * @param source where in the database the change happened
 * @param origin the Kafka record this was read from; null if it was captured from Postgres by this job
 */
@TypeInfo(RowChangeTypeInfo.Factory.class)
public record RowChange(
        String table,
        Operation operation,
        long version,
        byte[] key,
        byte @Nullable [] before,
        byte @Nullable [] after,
        @Nullable RowSchema schema,
        SourcePosition source,
        @Nullable ConsumedRecord origin) {

    /** Stands for a version that is not decided yet. */
    public static final long UNVERSIONED = -1;

    /** Says that each row of a table whose version is below this one is gone; see {@link Operation#SWEEP}. */
    public static RowChange sweep(String table, long version) {
        return new RowChange(table, Operation.SWEEP, version, new byte[0], null, null, null, found(version), null);
    }

    /**
     * Says that a row is gone which a sweep found in a target.
     *
     * @param key what names the row there, as a JSON object
     */
    public static RowChange swept(RowChange sweep, byte[] key) {
        return new RowChange(
                sweep.table(), Operation.DELETE, sweep.version(), key, null, null, null, sweep.source(), null);
    }

    private static SourcePosition found(long version) {
        return new SourcePosition(Version.position(version), 0, 0, true, null);
    }

    public RowChange withVersion(long decided) {
        return new RowChange(table, operation, decided, key, before, after, schema, source, origin);
    }

    public RowChange withAfter(byte[] row) {
        return new RowChange(table, operation, version, key, before, row, schema, source, origin);
    }

    /** Says of one row, which a sweep names, that it was deleted. */
    public RowChange asDelete() {
        return new RowChange(table, Operation.DELETE, version, key, before, null, schema, source, origin);
    }

    /** Tells whether it is about rows whose version is below its own: of the whole table, or the one that the key names. */
    public boolean isSweep() {
        return operation == Operation.SWEEP;
    }

    public boolean isDelete() {
        return operation == Operation.DELETE;
    }

    /**
     * Tells whether a row can hold the placeholder that Debezium writes for a large value it did not have. What was
     * captured here is whole, also when it was read from its topic: there the same text is somebody's own.
     */
    public boolean mayHoldPlaceholder() {
        return origin != null && origin.header(Version.HEADER) == null;
    }
}

package io.millrace.common.sink.redis;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.Refusal;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way to Redis: the write that it became, or why it became none; or a sweep, in a checkpoint only. The base class asks for
 * {@link Serializable}; what is really written into a checkpoint is decided by {@link RedisStateSerializer}.
 */
final class RedisEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The order of an entry that was never submitted. */
    static final long NEW = 0;

    private static final int FIXED_BYTES = 100;

    private final transient RowChange change;
    private final transient @Nullable VersionedWrite write;
    private final transient @Nullable Refusal refusal;
    private int failed;
    private long failingSince;
    private long order = NEW;

    private RedisEntry(RowChange change, @Nullable VersionedWrite write, @Nullable Refusal refusal) {
        this.change = change;
        this.write = write;
        this.refusal = refusal;
    }

    static RedisEntry of(RowChange change, VersionedWrite write) {
        return new RedisEntry(change, write, null);
    }

    static RedisEntry refused(RowChange change, DataException error) {
        return new RedisEntry(change, null, Refusal.of(change, error));
    }

    static RedisEntry sweep(RowChange change) {
        return new RedisEntry(change, null, null);
    }

    RowChange change() {
        return change;
    }

    /** Null exactly if there is a {@link #refusal}, or this is a sweep. */
    @Nullable
    VersionedWrite write() {
        return write;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    long size() {
        if (write == null) {
            return FIXED_BYTES;
        }
        byte[] value = write.value();
        return FIXED_BYTES + 2L * write.key().length() + (value == null ? 0 : value.length);
    }

    /** Notes its place among all that one writer submits, from 1. */
    void submittedAs(long place) {
        order = place;
    }

    /** Returns its place, or {@link #NEW}. */
    long order() {
        return order;
    }

    /** Notes an attempt that failed for a reason that passes. */
    void failedAt(long now) {
        if (failed == 0) {
            failingSince = now;
        }
        failed++;
    }

    int failed() {
        return failed;
    }

    long failingSince() {
        return failingSince;
    }
}

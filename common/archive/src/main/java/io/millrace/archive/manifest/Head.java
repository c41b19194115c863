package io.millrace.archive.manifest;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Entry;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a partition's chain ends: in the archive, or at a writer that is ahead of it.
 *
 * @param lastOffset of the last record, or -1 if there is none
 * @param lastHash of the last record; if there is none, that of the chain's name
 * @param day to which the next record belongs at the earliest, or null if any day is open
 */
public record Head(long lastOffset, Hash lastHash, @Nullable LocalDate day) {

    private static final long DAY = Duration.ofDays(1).toMillis();

    /**
     * Returns where a writer goes on that was restored with this head. If the archive is ahead, the writer is an older
     * one, and what it would write is there. If it is behind, what is missing is still to be committed.
     */
    public Head resume(Head archived) {
        Head further = archived.lastOffset > lastOffset ? archived : this;
        return new Head(further.lastOffset, further.lastHash, later(day, archived.day));
    }

    /** Says whether a record is behind the chain's end: there already. */
    public boolean holds(long offset) {
        return offset <= lastOffset;
    }

    /**
     * Returns the day of the next record.
     *
     * @param timestamp Kafka's, in milliseconds
     */
    public LocalDate dayOf(long timestamp) {
        LocalDate own = LocalDate.ofEpochDay(Math.floorDiv(timestamp, DAY));
        return day == null || own.isAfter(day) ? own : day;
    }

    /** Returns the head behind a record. */
    public Head then(Entry entry) {
        return new Head(entry.offset(), entry.hash(), dayOf(entry.timestamp()));
    }

    /** Returns the head that takes no more records of a day. */
    public Head close(LocalDate closed) {
        return new Head(lastOffset, lastHash, later(day, closed.plusDays(1)));
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}

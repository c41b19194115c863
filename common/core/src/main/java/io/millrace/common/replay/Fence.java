package io.millrace.common.replay;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the live job has already acted on the outside world, for a job that replays the same records: for each
 * partition of each topic the first offset that the live job had not yet handled. A side effect of a record behind the
 * fence is silent, because it has happened; one at or past it happens.
 *
 * <p>A partition that the fence does not name lies past it: the live job has never read from it. What follows from a
 * window of time, and not from a record alone, has happened only if the live job's watermark had passed the window, too.
 */
public final class Fence implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The fence of a live job: every side effect happens. */
    public static final Fence NONE = new Fence(PartitionOffsets.none(), Long.MAX_VALUE);

    private static final String WATERMARK = "watermark=";

    private final PartitionOffsets offsets;
    private final long watermark;

    private Fence(PartitionOffsets offsets, long watermark) {
        this.offsets = offsets;
        this.watermark = watermark;
    }

    /**
     * Reads a fence from its text.
     *
     * @param text {@code <topic>:<partition>=<offset>}, several joined by commas; empty for {@link #NONE}. The offset
     *     is the next one that the live job would have read, as consumer groups commit it
     *     A part {@code watermark=2026-01-31T12:00:00Z} says how far its event time had come; without one, every window of
     *     the records before the offsets is behind the fence
     * @throws IllegalArgumentException with the part that is wrong and how it should look
     */
    public static Fence parse(String text) {
        List<String> parts = new ArrayList<>();
        long watermark = Long.MAX_VALUE;
        for (String part : text.split(",", -1)) {
            if (part.strip().startsWith(WATERMARK)) {
                watermark = watermark(part.strip());
            } else {
                parts.add(part);
            }
        }
        PartitionOffsets offsets = PartitionOffsets.parse(String.join(",", parts), (part, why) -> {
            throw new IllegalArgumentException("`" + part + "` is no part of a fence: " + why);
        });
        return new Fence(offsets, watermark);
    }

    private static long watermark(String part) {
        try {
            return Instant.parse(part.substring(WATERMARK.length())).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "`" + part + "` is no part of a fence: write a time, as watermark=2026-01-31T12:00:00Z", e);
        }
    }

    /** Returns whether it names no records, so that nothing is behind it. */
    public boolean isEmpty() {
        return offsets.toString().isEmpty();
    }

    /** Returns whether the live job has acted on this record, so that it must have no side effect again. */
    public boolean isBehind(String topic, int partition, long offset) {
        return offsets.isBefore(topic, partition, offset);
    }

    /**
     * Returns whether the live job has acted on a window in which this record is the last that matters.
     *
     * @param windowEnd the first millisecond behind the window
     */
    public boolean isBehind(String topic, int partition, long offset, long windowEnd) {
        return isBehind(topic, partition, offset) && windowEnd - 1 <= watermark;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fence fence && offsets.equals(fence.offsets) && watermark == fence.watermark;
    }

    @Override
    public int hashCode() {
        return 31 * offsets.hashCode() + Long.hashCode(watermark);
    }

    /** Returns the text that {@link #parse} reads, in the order of topics and partitions. */
    @Override
    public String toString() {
        if (watermark == Long.MAX_VALUE) {
            return offsets.toString();
        }
        String time = WATERMARK + Instant.ofEpochMilli(watermark);
        return offsets.toString().isEmpty() ? time : offsets + "," + time;
    }
}

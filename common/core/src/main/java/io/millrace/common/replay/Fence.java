package io.millrace.common.replay;

import java.io.Serializable;

/**
 * How far the live job has already acted on the outside world, for a job that replays the same records: for each
 * partition of each topic the first offset that the live job had not yet handled. A side effect of a record behind the
 * fence is silent, because it has happened; one at or past it happens.
 *
 * <p>A partition that the fence does not name lies past it: the live job has never read from it.
 */
public final class Fence implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The fence of a live job: every side effect happens. */
    public static final Fence NONE = new Fence(PartitionOffsets.none());

    private final PartitionOffsets offsets;

    private Fence(PartitionOffsets offsets) {
        this.offsets = offsets;
    }

    /**
     * Reads a fence from its text.
     *
     * @param text {@code <topic>:<partition>=<offset>}, several joined by commas; empty for {@link #NONE}. The offset
     *     is the next one that the live job would have read, as consumer groups commit it
     * @throws IllegalArgumentException with the part that is wrong and how it should look
     */
    public static Fence parse(String text) {
        return new Fence(PartitionOffsets.parse(text, (part, why) -> {
            throw new IllegalArgumentException("`" + part + "` is no part of a fence: " + why);
        }));
    }

    /** Returns whether the live job has acted on this record, so that it must have no side effect again. */
    public boolean isBehind(String topic, int partition, long offset) {
        return offsets.isBefore(topic, partition, offset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fence fence && offsets.equals(fence.offsets);
    }

    @Override
    public int hashCode() {
        return offsets.hashCode();
    }

    /** Returns the text that {@link #parse} reads, in the order of topics and partitions. */
    @Override
    public String toString() {
        return offsets.toString();
    }
}

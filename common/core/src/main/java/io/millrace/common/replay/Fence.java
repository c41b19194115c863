package io.millrace.common.replay;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    public static final Fence NONE = new Fence(Map.of());

    private final TreeMap<Position, Long> offsets;

    /** One partition. */
    private record Position(String topic, int partition) implements Comparable<Position>, Serializable {

        @Override
        public int compareTo(Position other) {
            int byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
        }
    }

    private Fence(Map<Position, Long> offsets) {
        this.offsets = new TreeMap<>(offsets);
    }

    /**
     * Reads a fence from its text.
     *
     * @param text {@code <topic>:<partition>=<offset>}, several joined by commas; empty for {@link #NONE}. The offset
     *     is the next one that the live job would have read, as consumer groups commit it
     * @throws IllegalArgumentException with the part that is wrong and how it should look
     */
    public static Fence parse(String text) {
        Map<Position, Long> offsets = new TreeMap<>();
        if (text.isBlank()) {
            return NONE;
        }
        for (String part : text.split(",", -1)) {
            add(part.strip(), offsets);
        }
        return new Fence(offsets);
    }

    private static void add(String part, Map<Position, Long> offsets) {
        int equals = part.lastIndexOf('=');
        int colon = part.lastIndexOf(':', equals);
        if (colon <= 0 || equals < 0) {
            throw wrong(part, "it has no topic, partition and offset");
        }
        long partition = number(part, part.substring(colon + 1, equals), Integer.MAX_VALUE);
        long offset = number(part, part.substring(equals + 1), Long.MAX_VALUE);
        if (offsets.put(new Position(part.substring(0, colon), (int) partition), offset) != null) {
            throw wrong(part, "the partition is named twice");
        }
    }

    private static long number(String part, String digits, long most) {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(part, "`" + digits + "` is no number");
        }
        throw wrong(part, digits + " is not between 0 and " + most);
    }

    private static IllegalArgumentException wrong(String part, String why) {
        return new IllegalArgumentException("`" + part + "` is no part of a fence: " + why
                + "; write <topic>:<partition>=<offset>, as `user-actions:3=1042`");
    }

    /** Returns whether the live job has acted on this record, so that it must have no side effect again. */
    public boolean isBehind(String topic, int partition, long offset) {
        Long next = offsets.get(new Position(topic, partition));
        return next != null && offset < next;
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
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey().topic() + ":" + entry.getKey().partition() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}

package io.millrace.common.replay;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** One offset in each of some partitions, written {@code <topic>:<partition>=<offset>} and joined by commas. */
final class PartitionOffsets implements Serializable {

    private static final long serialVersionUID = 1L;

    /** One partition. */
    record Position(String topic, int partition) implements Comparable<Position>, Serializable {

        @Override
        public int compareTo(Position other) {
            int byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
        }

        /** Returns it as it is written. */
        @Override
        public String toString() {
            return topic + ":" + partition;
        }
    }

    private final TreeMap<Position, Long> offsets = new TreeMap<>();

    private PartitionOffsets() {}

    /** Returns nothing in no partition. */
    static PartitionOffsets none() {
        return new PartitionOffsets();
    }

    /**
     * Reads the text; what is wrong with it is handed over, each part with the reason, and left out.
     *
     * @param text blank for none
     */
    static PartitionOffsets parse(String text, BiConsumer<String, String> wrong) {
        PartitionOffsets read = new PartitionOffsets();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                try {
                    read.add(part.strip());
                } catch (IllegalArgumentException e) {
                    wrong.accept(part.strip(), String.valueOf(e.getMessage()));
                }
            }
        }
        return read;
    }

    private void add(String part) {
        int equals = part.lastIndexOf('=');
        int colon = part.lastIndexOf(':', equals);
        if (colon <= 0 || equals < 0) {
            throw wrong("it has no topic, partition and offset");
        }
        long partition = number(part.substring(colon + 1, equals), Integer.MAX_VALUE);
        long offset = number(part.substring(equals + 1), Long.MAX_VALUE);
        if (offsets.putIfAbsent(new Position(part.substring(0, colon), (int) partition), offset) != null) {
            throw wrong("the partition is named twice");
        }
    }

    private static long number(String digits, long most) {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong("`" + digits + "` is no number");
        }
        throw wrong(digits + " is not between 0 and " + most);
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(why + "; write <topic>:<partition>=<offset>, as `user-actions:3=1042`");
    }

    /** Tells whether a record comes before its partition's offset; false for a partition that is not named. */
    boolean isBefore(String topic, int partition, long offset) {
        Long next = offsets.get(new Position(topic, partition));
        return next != null && offset < next;
    }

    Set<String> topics() {
        return offsets.keySet().stream().map(Position::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns why these cannot follow others, each as the end of a sentence. */
    List<String> problemsAfter(PartitionOffsets earlier) {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<Position, Long> before : earlier.offsets.entrySet()) {
            Long after = offsets.get(before.getKey());
            if (after == null) {
                problems.add("does not name " + before.getKey() + ", which the entry before does; name it, because the"
                        + " partition was there already");
            } else if (after < before.getValue()) {
                problems.add("has " + before.getKey() + "=" + after + ", below the " + before.getValue()
                        + " of the entry before; offsets only grow");
            }
        }
        return problems;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionOffsets that && offsets.equals(that.offsets);
    }

    @Override
    public int hashCode() {
        return offsets.hashCode();
    }

    /** Returns the text that {@link #parse} reads, in the order of topics and partitions. */
    @Override
    public String toString() {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}

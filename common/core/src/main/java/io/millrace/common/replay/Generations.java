package io.millrace.common.replay;

import io.millrace.common.config.Problems;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The generation of a record that does not carry its version: the same for all, or told by where each generation
 * begins in each partition. A partition that is not named for a generation began after it did.
 */
public final class Generations implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int first;
    private final ArrayList<PartitionOffsets> begins;

    private Generations(int first, List<PartitionOffsets> begins) {
        this.first = first;
        this.begins = new ArrayList<>(begins);
    }

    /** One generation for every record. */
    public static Generations only(int generation) {
        return new Generations(generation, List.of());
    }

    /**
     * Several, from 0.
     *
     * @param begins where generations 1, 2, … begin: the offset of the first record in each partition, in the form of
     *     a {@link Fence}
     * @throws io.millrace.common.config.InvalidConfigurationException if {@link #check} finds any problem
     */
    public static Generations beginningAt(List<String> begins) {
        Problems problems = new Problems();
        check("generations", begins, problems);
        problems.throwIfAny();
        return new Generations(0, parse("", begins, problems));
    }

    /** Notes everything that is wrong with such texts, and returns the topics they name. */
    public static Set<String> check(String path, List<String> begins, Problems problems) {
        int before = problems.found().size();
        List<PartitionOffsets> read = parse(path, begins, problems);
        boolean complete = problems.found().size() == before;
        for (int i = 1; complete && i < read.size(); i++) {
            for (String problem : read.get(i).problemsAfter(read.get(i - 1))) {
                problems.add(path + "[" + i + "]", problem);
            }
        }
        Set<String> topics = new TreeSet<>();
        read.forEach(offsets -> topics.addAll(offsets.topics()));
        return topics;
    }

    private static List<PartitionOffsets> parse(String path, List<String> begins, Problems problems) {
        List<PartitionOffsets> read = new ArrayList<>();
        for (String text : begins) {
            String place = path + "[" + read.size() + "]";
            read.add(PartitionOffsets.parse(text, (part, why) -> problems.add(place, "holds `" + part + "`: " + why)));
        }
        return read;
    }

    /** Returns the generation of the record at this place. */
    public int of(String topic, int partition, long offset) {
        int generation = first;
        for (PartitionOffsets begin : begins) {
            if (begin.isBefore(topic, partition, offset)) {
                break;
            }
            generation++;
        }
        return generation;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Generations that && first == that.first && begins.equals(that.begins);
    }

    @Override
    public int hashCode() {
        return 31 * first + begins.hashCode();
    }

    @Override
    public String toString() {
        return begins.isEmpty() ? Integer.toString(first) : first + " and more from " + begins;
    }
}

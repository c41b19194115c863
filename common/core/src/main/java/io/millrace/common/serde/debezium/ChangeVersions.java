package io.millrace.common.serde.debezium;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Redriven;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The version of each change that is read from a topic: the header's, written where the change was captured. In a
 * topic that somebody else wrote: the change's place in the commit order, {@code max(lsn, previous commit + 1)}; and
 * for a tombstone, which has no place, the highest of its partition so far, and no less than the lowest of
 * its generation. That is never below the delete it
 * follows, and never above what comes later, because the stream is in commit order.
 *
 * <p>A dead letter that is sent again gets the version of its place, whatever has passed since; if that was derived, one
 * less, because targets take an equal version.
 *
 * <p>The highest of each partition must live as long as the reading position does. For one thread.
 */
public final class ChangeVersions {

    private final Generations generations;
    private final Map<Partition, Long> highest = new HashMap<>();

    /** A partition of a topic. */
    public record Partition(String topic, int number) {

        /** What the compiler would make costs a chain of method handles for each record. */
        @Override
        public int hashCode() {
            return 31 * topic.hashCode() + number;
        }
    }

    /**
     * Counts within generations.
     *
     * @param generations of changes without a header
     */
    public ChangeVersions(Generations generations) {
        this.generations = generations;
    }

    /** Returns the highest version given in each partition. */
    public Map<Partition, Long> highest() {
        return Map.copyOf(highest);
    }

    /** Takes up where an earlier reader of the partition was. */
    public void restore(Partition partition, long version) {
        highest.merge(partition, version, Math::max);
    }

    long of(ConsumedRecord record, SourcePosition position) throws DataException {
        byte[] header = record.header(Version.HEADER);
        long version = header == null ? derived(record, position) : parse(header);
        if (Redriven.is(record)) {
            return header == null ? again(record, version) : version;
        }
        highest.merge(new Partition(record.topic(), record.partition()), version, Math::max);
        return version;
    }

    /** Below what it was the first time: changes of one transaction can share a version, and a later one must stay. */
    private static long again(ConsumedRecord record, long version) {
        long first = Redriven.version(record);
        return Math.max(0, (first < 0 ? version : Math.min(first, version)) - 1);
    }

    long ofTombstone(ConsumedRecord record) throws DataException {
        byte[] header = record.header(Version.HEADER);
        if (header != null) {
            return parse(header);
        }
        long begin = Version.of(generationOf(record), 0);
        if (Redriven.is(record)) {
            return again(record, Redriven.version(record) < 0 ? begin : Redriven.version(record));
        }
        return Math.max(begin, highest.getOrDefault(new Partition(record.topic(), record.partition()), begin));
    }

    private long derived(ConsumedRecord record, SourcePosition position) {
        long behindCommit = position.previousCommit() == 0 ? 0 : position.previousCommit() + 1;
        return Version.of(generationOf(record), Math.max(position.lsn(), behindCommit));
    }

    private int generationOf(ConsumedRecord record) {
        return generations.of(record.topic(), record.partition(), record.offset());
    }

    private static long parse(byte[] header) throws DataException {
        try {
            return Version.parse(new String(header, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new DataException("the header `" + Version.HEADER + "` is no number of 0 to 2^63 - 1");
        }
    }
}

package io.millrace.cdc.preflight;

import io.millrace.common.config.Problems;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.failure.DataException;
import io.millrace.common.preflight.Brokers;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.HighestVersion;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.debezium.ChangeVersions;
import io.millrace.common.serde.debezium.DebeziumJson;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.debezium.Parsed;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicState;
import io.millrace.common.source.kafka.TopicTail.Look;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The highest version that the topics of a capture hold when it starts anew. The WAL alone does not tell: changes of a
 * large transaction that overlaps others get positions beyond its own commit, and where nothing else happens the WAL
 * does not catch up.
 */
public final class PublishedVersions {

    /** Covers what several subtasks, or a restart, may write out of order into one partition. */
    private static final int WINDOW = 1_000;

    private static final long NONE = -1;

    private final DebeziumJson json;
    private final int generation;
    private final HighestVersion highest;

    PublishedVersions(int generation, HighestVersion highest) {
        this.generation = generation;
        this.highest = highest;
        this.json = new DebeziumJson(
                new JsonLimits(Integer.MAX_VALUE, JsonLimits.DEFAULT.deepest()),
                new ChangeVersions(Generations.only(0)));
    }

    /**
     * Reads as far back as is needed from the ends of those topics that exist.
     *
     * @param generation of the job; versions of lower ones are not looked for any further
     * @param highest takes what is found
     */
    public static void read(
            Brokers brokers,
            KafkaConnection kafka,
            List<String> topics,
            int generation,
            HighestVersion highest,
            Problems problems) {
        PublishedVersions versions = new PublishedVersions(generation, highest);
        List<String> existing = brokers.states("targets.kafka", kafka, topics).entrySet().stream()
                .filter(state -> state.getValue() instanceof TopicState.Present)
                .map(Map.Entry::getKey)
                .toList();
        boolean seen = brokers.look("targets.kafka", kafka, existing, WINDOW, partition -> versions.look());
        if (!seen && !existing.isEmpty()) {
            problems.add(
                    "generation",
                    "is " + generation + ", and the highest version in the topics could not be found. If they end in"
                            + " very many deletions, raise it by one: their versions are then below all new ones");
        }
    }

    /** Looks at one partition. */
    Look look() {
        return new PartitionLook();
    }

    /**
     * Versions grow along a partition, but for what a sweep deletes: that has one version, below those of changes which
     * may stand before it. So whatever was no sweep's shows the end of the growth, and so do two versions. Whatever
     * comes before a record of a lower generation is of that one or a lower.
     */
    private final class PartitionLook implements Look {

        private long seen = NONE;
        private boolean done;

        @Override
        public void at(ConsumedRecord record) {
            byte[] header = record.header(Version.HEADER);
            if (header == null) {
                done = true;
                return;
            }
            long version = parse(header);
            done = done || isEnough(version) || !mayBeSwept(record);
            seen = version;
            highest.note(version, "the topic " + record.topic());
        }

        private boolean isEnough(long version) {
            return version == NONE || (seen != NONE && seen != version) || Version.generation(version) < generation;
        }

        @Override
        public boolean isDone() {
            return done;
        }
    }

    private static long parse(byte[] header) {
        try {
            return Version.parse(new String(header, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /** After compaction a delete may be gone and its tombstone be left, which does not say whose it was. */
    private boolean mayBeSwept(ConsumedRecord record) {
        if (record.value() == null) {
            return true;
        }
        try {
            return json.parse(record) instanceof Parsed.Change change
                    && change.change().isDelete()
                    && change.change().source().snapshot();
        } catch (DataException e) {
            return false;
        }
    }
}

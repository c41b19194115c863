package io.millrace.common.sink.deadletter;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.Redriven;
import io.millrace.common.failure.DataException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline takes back its dead letters: {@code millrace dlq redrive} writes each, as it stands on the dead-letter
 * topic, to a topic that this pipeline alone reads, and here it becomes the record that it was, in its first place.
 *
 * <p>A letter older than the time for which every target remembers a deletion is refused: the row may have been deleted
 * since and forgotten, and would come back.
 */
public final class Redrive implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String TOPIC_END = ".redrive";
    private static final String FOR_EVER = "forever";

    private final String topic;
    private final @Nullable Duration memory;

    private Redrive(String topic, @Nullable Duration memory) {
        this.topic = topic;
        this.memory = memory;
    }

    /**
     * Takes back the letters of a pipeline.
     *
     * @param memory the shortest time for which one of its targets remembers a deletion; empty if all do for ever
     */
    public static Redrive of(String pipeline, Optional<Duration> memory) {
        return new Redrive(pipeline + TOPIC_END, memory.orElse(null));
    }

    /** Takes back nothing: what is read there is read once. */
    public static Redrive none() {
        return new Redrive("", null);
    }

    /** Returns the topic that the letters are sent to. */
    public String topic() {
        return topic;
    }

    /**
     * Returns what Flink shows of the job, by which the command knows what it would be refused: the memory of deletions,
     * as {@code PT24H} or {@code forever}.
     */
    public Map<String, String> parameters() {
        return Map.of("millrace.redrive.memory-of-deletions", memory == null ? FOR_EVER : memory.toString());
    }

    /** Returns the record that was dead-lettered, marked by {@link Redriven}; any other record as it is. */
    public ConsumedRecord restore(ConsumedRecord record) throws DataException {
        if (!record.topic().equals(topic)) {
            return record;
        }
        ConsumedRecord original = new ConsumedRecord(
                text(record, DeadLetterHeaders.SOURCE_TOPIC),
                (int) number(record, DeadLetterHeaders.SOURCE_PARTITION),
                number(record, DeadLetterHeaders.SOURCE_OFFSET),
                number(record, DeadLetterHeaders.SOURCE_TIMESTAMP),
                record.key(),
                record.value(),
                ownHeaders(record));
        int attempt = (int) number(record, DeadLetterHeaders.ATTEMPT);
        return Redriven.mark(original, attempt, number(record, DeadLetterHeaders.VERSION));
    }

    /**
     * Refuses what {@link #restore} returned if it comes too late.
     *
     * @param now epoch milliseconds
     */
    public void refuseForgotten(ConsumedRecord record, long now) throws ForgottenException {
        if (memory != null && now - record.timestamp() >= memory.toMillis()) {
            throw new ForgottenException("the record is of " + Instant.ofEpochMilli(record.timestamp())
                    + ", and a target remembers a deletion for " + memory + " only: had its row been deleted since, it"
                    + " would come back. Write the row in the database again instead");
        }
    }

    /** The first header of each of our names is ours, the others are the source record's own. */
    private static List<Header> ownHeaders(ConsumedRecord letter) {
        Set<String> ours = new HashSet<>(DeadLetterHeaders.NAMES);
        List<Header> own = new ArrayList<>();
        for (Header header : letter.headers()) {
            if (!ours.remove(header.name())) {
                own.add(header);
            }
        }
        return own;
    }

    private static long number(ConsumedRecord letter, String name) throws DataException {
        String text = text(letter, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new DataException("the header `" + name + "` is no number; only letters that `millrace dlq redrive`"
                    + " sends belong to this topic");
        }
    }

    private static String text(ConsumedRecord letter, String name) throws DataException {
        for (Header header : letter.headers()) {
            if (header.name().equals(name) && header.value() != null) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        throw new DataException("the record has no header `" + name
                + "`; only letters that `millrace dlq redrive` sends" + " belong to this topic");
    }
}

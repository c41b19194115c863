package io.millrace.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One erasure of a person, step by step. The mark that it goes on is the last that goes, so one that was cut off is seen,
 * and lets nobody make a key, until it is done again.
 */
final class Erasure {
    /** What the event that records an erasure is called. */
    static final String EVENT_TYPE = "audit.subject.erased";

    private final AuditTopic topic;
    private final PostgresKeyStore store;
    private final Subject person;
    private final String by;
    private final UUID eventId = UUID.randomUUID();
    private final Map<Integer, Long> upTo = new TreeMap<>();
    private Optional<DataKey> key = Optional.empty();
    private String position = "";
    private Instant finishedAt = Instant.EPOCH;

    Erasure(AuditTopic topic, PostgresKeyStore store, Subject person, String by) {
        this.topic = topic;
        this.store = store;
        this.person = person;
        this.by = by;
    }

    /**
     * Destroys the key.
     *
     * @param found the key, if there is one
     * @return whether there was one
     */
    boolean begin(Optional<DataKey> found) throws IOException {
        boolean destroyed = store.beginErasing(person);
        key = destroyed ? found : Optional.empty();
        return destroyed;
    }

    /** Remembers up to where the person is erased, once no writer has the key any longer, and records it in the topic. */
    void finish(Instant now) throws IOException {
        Map<ChainId, Long> chains = topic.lastOffsets();
        chains.forEach((chain, offset) -> upTo.put(chain.partition(), offset));
        finishedAt = now;
        position = topic.send(EVENT_TYPE, eventId, new ObjectMapper().writeValueAsBytes(event()));
        store.finishErasing(person, chains);
    }

    /** The event names the person by the keyed hash alone: it would have a key of the person's made otherwise. */
    private ObjectNode event() {
        ObjectNode event = new ObjectMapper()
                .createObjectNode()
                .put("eventId", eventId.toString())
                .put("eventType", EVENT_TYPE)
                .put("accessedBy", by)
                .put("resourceId", "subject:" + hidden())
                .put("timestamp", finishedAt.toString());
        ObjectNode metadata = event.putObject("metadata").put("archive", topic.archive());
        metadata.put("key", key.map(destroyed -> destroyed.id().toString()).orElse(null));
        ObjectNode offsets = metadata.putObject("upTo");
        upTo.forEach((partition, offset) -> offsets.put(partition.toString(), offset.toString()));
        return event;
    }

    /** The keyed hash of the person, in hexadecimal digits. */
    String hidden() {
        return HexFormat.of().formatHex(store.hidden(person));
    }

    AuditTopic topic() {
        return topic;
    }

    String by() {
        return by;
    }

    Optional<UUID> key() {
        return key.map(DataKey::id);
    }

    UUID eventId() {
        return eventId;
    }

    /** Where the event is in the topic, as {@code partition:offset}. */
    String position() {
        return position;
    }

    Instant finishedAt() {
        return finishedAt;
    }

    /** The last offset of each partition that has one, up to which nothing about the person is ever read again. */
    Map<Integer, Long> upTo() {
        return upTo;
    }
}

package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a change topic says about each key after some records, as a reader that follows it would know. */
final class TopicState {

    private static final String VERSION = "millrace-version";

    private final SourceTable table;
    private final Map<RowKey, FoundRow> rows = new TreeMap<>();
    private final Map<RowKey, Long> lastVersions = new TreeMap<>();
    private final Map<RowKey, Long> highestVersions = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private long decreases;
    private long records;

    TopicState(SourceTable table) {
        this.table = table;
    }

    void add(ConsumerRecord<byte[], byte[]> consumed) {
        records++;
        String position = consumed.topic() + "-" + consumed.partition() + "@" + consumed.offset();
        try {
            RowKey key = table.keyOf(payload(required(consumed.key(), "it has no key")));
            long version = version(consumed.headers().lastHeader(VERSION));
            note(key, version);
            byte[] value = consumed.value();
            JsonNode after = value == null ? MissingNode.getInstance() : after(key, payload(value));
            if (after.isObject()) {
                rows.put(key, new FoundRow(after, version));
            } else {
                rows.remove(key);
            }
        } catch (IllegalArgumentException e) {
            unreadable.add(position);
            problems.add(position + ": " + e.getMessage());
        }
    }

    Map<RowKey, FoundRow> rows() {
        return rows;
    }

    /** Returns the version of the last record of a key, deletes included; {@link FoundRow#NO_VERSION} if there is none. */
    long lastVersion(RowKey key) {
        return lastVersions.getOrDefault(key, FoundRow.NO_VERSION);
    }

    /** Returns the keys whose last record is older than an earlier one. */
    List<RowKey> keysThatEndOlder() {
        return lastVersions.entrySet().stream()
                .filter(entry -> entry.getValue() < highestVersions.getOrDefault(entry.getKey(), Long.MIN_VALUE))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns how many records were older than the one before of the same key: duplicates after a restart. */
    long decreases() {
        return decreases;
    }

    /** Returns where the records stand that nobody can read, as {@code topic-partition@offset}. */
    List<String> unreadable() {
        return unreadable;
    }

    /** Returns the same with the reason. */
    List<String> problems() {
        return problems;
    }

    long records() {
        return records;
    }

    private void note(RowKey key, long version) {
        Long last = lastVersions.put(key, version);
        if (last != null && version < last) {
            decreases++;
        }
        highestVersions.merge(key, version, Math::max);
    }

    private JsonNode after(RowKey key, JsonNode envelope) {
        String operation = envelope.path("op").asText();
        JsonNode after = envelope.path("after");
        switch (operation) {
            case "c", "u", "r" -> {
                if (!after.isObject()) {
                    throw new IllegalArgumentException("operation `" + operation + "` has no row");
                }
                if (!table.keyOf(after).equals(key)) {
                    throw new IllegalArgumentException("the key is " + key + ", the row's is " + table.keyOf(after));
                }
                return after;
            }
            case "d" -> {
                return MissingNode.getInstance();
            }
            default -> throw new IllegalArgumentException("unknown operation `" + operation + "`");
        }
    }

    /** Takes off the wrapper that names the schema, if there is one. */
    private static JsonNode payload(byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        return json.has("schema") && json.has("payload") ? json.path("payload") : json;
    }

    private static long version(@Nullable Header header) {
        if (header == null) {
            throw new IllegalArgumentException("it has no header " + VERSION);
        }
        return Long.parseLong(new String(required(header.value(), "its version is null"), StandardCharsets.US_ASCII));
    }

    private static byte[] required(byte @Nullable [] bytes, String otherwise) {
        if (bytes == null) {
            throw new IllegalArgumentException(otherwise);
        }
        return bytes;
    }
}

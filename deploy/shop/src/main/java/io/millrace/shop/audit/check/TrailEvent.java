package io.millrace.shop.audit.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the topic says.
 *
 * @param row as the searchable copy must have it, values that are there alone; whoever is a person is {@link #ENCRYPTED}
 * @param isEvent by the contract
 * @param subjects persons whom it is about
 */
record TrailEvent(Map<String, String> row, boolean isEvent, Set<String> subjects) {

    static final String ENCRYPTED = "(encrypted)";

    private static final String CUSTOMER = "customer-";
    private static final int LARGEST = 256 * 1024;
    private static final int DEEPEST = 32;

    static TrailEvent of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("timestamp", Long.toString(record.timestamp()));
        JsonNode event = event(record.value());
        Set<String> subjects = new HashSet<>();
        if (event == null) {
            row.put("kind", "malformed");
            if (record.key() != null && record.key().length > 0) {
                subjects.add(new String(record.key(), StandardCharsets.UTF_8));
            }
            return new TrailEvent(row, false, subjects);
        }
        row.put("kind", "event");
        time(event.path("timestamp"), row);
        put(event, "eventId", "event_id", row);
        put(event, "eventType", "event_type", row);
        put(event, "resourceId", "resource_id", row);
        person(event, "userId", "user_id", true, row, subjects);
        person(event, "accessedBy", "accessed_by", false, row, subjects);
        return new TrailEvent(row, true, subjects);
    }

    private static void time(JsonNode time, Map<String, String> row) {
        if (!time.isMissingNode()) {
            long millis = time.isNumber()
                    ? time.longValue()
                    : OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
            row.put("event_time", Long.toString(millis));
        }
    }

    private static void put(JsonNode event, String field, String column, Map<String, String> row) {
        if (event.hasNonNull(field)) {
            row.put(column, event.path(field).asText());
        }
    }

    /** Whoever is a customer is never in clear; staff, who access, are. */
    private static void person(
            JsonNode event,
            String field,
            String column,
            boolean isAlwaysOne,
            Map<String, String> row,
            Set<String> subjects) {
        if (event.hasNonNull(field)) {
            String name = event.path(field).asText();
            boolean isPerson = isAlwaysOne || name.startsWith(CUSTOMER);
            row.put(column, isPerson ? ENCRYPTED : name);
            if (isPerson) {
                subjects.add(name);
            }
        }
    }

    /** Returns the event, or null if there is none. */
    private static @Nullable JsonNode event(byte @Nullable [] value) {
        if (value == null || value.length > LARGEST) {
            return null;
        }
        JsonNode event;
        try {
            event = Json.parse(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
        boolean isOne = event.isObject()
                && depth(event) <= DEEPEST
                && !event.path("eventType").asText().isEmpty()
                && hasTime(event.path("timestamp"))
                && (!event.hasNonNull("metadata") || event.path("metadata").isObject());
        return isOne ? event : null;
    }

    private static boolean hasTime(JsonNode time) {
        try {
            return time.isMissingNode() || time.isNumber() || OffsetDateTime.parse(time.asText()) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode member : node) {
            deepest = Math.max(deepest, depth(member));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }
}

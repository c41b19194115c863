package io.millrace.analytics.window;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the topic of late events is told of one.
 *
 * @param result that the event is missing from
 * @param key that it would have counted for
 * @param windowStart beginning of the slice that counts no more, in epoch milliseconds
 * @param timestamp of the event, in epoch milliseconds
 * @param lateMillis how long ago the slice had ended, by the watermark
 * @param topic of the event
 */
public record LateEvent(
        String result,
        String key,
        long windowStart,
        long timestamp,
        long lateMillis,
        String topic,
        int partition,
        long offset) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads what {@link LateEvents} has written.
     *
     * @throws IllegalArgumentException if it is not that
     */
    public static LateEvent read(byte[] value) {
        Map<String, String> fields = fields(value);
        return new LateEvent(
                text(fields, "result"),
                text(fields, "key"),
                time(fields, "windowStart"),
                time(fields, "timestamp"),
                Long.parseLong(text(fields, "lateMillis")),
                text(fields, "topic"),
                Integer.parseInt(text(fields, "partition")),
                Long.parseLong(text(fields, "offset")));
    }

    private static Map<String, String> fields(byte[] value) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(value)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                fields.put(name, json.getText());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("what is told of a late event is no JSON", e);
        }
        return fields;
    }

    private static long time(Map<String, String> fields, String name) {
        return Instant.parse(text(fields, name)).toEpochMilli();
    }

    private static String text(Map<String, String> fields, String name) {
        String text = fields.get(name);
        if (text == null) {
            throw new IllegalArgumentException("what is told of a late event has no `" + name + "`");
        }
        return text;
    }
}

package io.millrace.analytics.window;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.analytics.event.Stamp;
import io.millrace.common.event.ProducedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Tells the topic of late events what a result could not count any more, and where its record stands.
 *
 * @param topic that is written to
 * @param pipeline the configured name of the job
 * @param result the table or key that the event is missing from
 * @param source the topic of the event
 */
public record LateEvents(String topic, String pipeline, String result, String source) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Makes the record.
     *
     * @param slice beginning of the slice that counts no more, in epoch milliseconds
     * @param late how long ago the slice ended, by the watermark, in milliseconds
     */
    public ProducedRecord of(String key, Stamp stamp, long slice, long late) {
        ByteArrayOutputStream value = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(value)) {
            json.writeStartObject();
            json.writeStringField("pipeline", pipeline);
            json.writeStringField("result", result);
            json.writeStringField("key", key);
            json.writeStringField("windowStart", Instant.ofEpochMilli(slice).toString());
            json.writeStringField(
                    "timestamp", Instant.ofEpochMilli(stamp.timestamp()).toString());
            json.writeNumberField("lateMillis", late);
            json.writeStringField("topic", source);
            json.writeNumberField("partition", stamp.partition());
            json.writeNumberField("offset", stamp.offset());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can fail in memory", e);
        }
        return new ProducedRecord(topic, key.getBytes(StandardCharsets.UTF_8), value.toByteArray(), List.of());
    }
}

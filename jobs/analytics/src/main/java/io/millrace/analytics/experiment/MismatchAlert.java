package io.millrace.analytics.experiment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.common.effect.SideEffect;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.replay.Fence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The users of an experiment are not split between its variants as they should be.
 *
 * @param source the topic of the events that it follows from
 * @param latest the last of them
 * @param windowEnd the end of the hour in which that became known, in epoch milliseconds
 * @param variants users since the experiment began, and how many there should be
 */
public record MismatchAlert(
        String experiment,
        String source,
        Moment latest,
        long windowEnd,
        double pValue,
        SortedMap<String, Share> variants)
        implements SideEffect {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Users of a variant.
     *
     * @param expected how many there should be
     */
    record Share(long users, double expected) {}

    /** The live job has told it if it had read the last event and its time had passed the hour. */
    @Override
    public boolean isBehind(Fence fence) {
        return fence.isBehind(source, latest.partition(), latest.offset(), windowEnd);
    }

    /** Returns the record that is told, with the experiment as its key. */
    public ProducedRecord toRecord(String topic, String pipeline) {
        ByteArrayOutputStream value = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(value)) {
            json.writeStartObject();
            json.writeStringField("type", "sample-ratio-mismatch");
            json.writeStringField("pipeline", pipeline);
            json.writeStringField("experiment", experiment);
            json.writeStringField("windowEnd", Instant.ofEpochMilli(windowEnd).toString());
            json.writeNumberField("pValue", pValue);
            json.writeArrayFieldStart("variants");
            for (Map.Entry<String, Share> variant : variants.entrySet()) {
                json.writeStartObject();
                json.writeStringField("variant", variant.getKey());
                json.writeNumberField("users", variant.getValue().users());
                json.writeNumberField("expected", variant.getValue().expected());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can fail in memory", e);
        }
        return new ProducedRecord(topic, experiment.getBytes(StandardCharsets.UTF_8), value.toByteArray(), List.of());
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeUTF(experiment);
        out.writeUTF(source);
        latest.writeTo(out);
        out.writeLong(windowEnd);
        out.writeDouble(pValue);
        out.writeInt(variants.size());
        for (Map.Entry<String, Share> variant : variants.entrySet()) {
            out.writeUTF(variant.getKey());
            out.writeLong(variant.getValue().users());
            out.writeDouble(variant.getValue().expected());
        }
    }

    static MismatchAlert readFrom(DataInputView in) throws IOException {
        SortedMap<String, Share> variants = new TreeMap<>();
        MismatchAlert alert = new MismatchAlert(
                in.readUTF(), in.readUTF(), Moment.readFrom(in), in.readLong(), in.readDouble(), variants);
        for (int left = in.readInt(); left > 0; left--) {
            variants.put(in.readUTF(), new Share(in.readLong(), in.readDouble()));
        }
        return alert;
    }
}

package io.millrace.recordings.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** A file of records, each as a worker of Kafka Connect writes it to its topic by the JSON converter. */
final class Dress implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer file;
    private final JsonConverter keys = new JsonConverter();
    private final JsonConverter values = new JsonConverter();

    /**
     * Makes the file anew.
     *
     * @param wrapped whether each record carries its schema
     */
    Dress(Path path, boolean wrapped) throws IOException {
        file = Files.newBufferedWriter(path);
        Map<String, ?> settings = Map.of("schemas.enable", Boolean.toString(wrapped));
        keys.configure(settings, true);
        values.configure(settings, false);
    }

    void write(SourceRecord record) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        String topic = record.topic();
        line.put("topic", topic);
        line.put("key", text(keys.fromConnectData(topic, record.keySchema(), record.key())));
        line.put("value", text(values.fromConnectData(topic, record.valueSchema(), record.value())));
        ObjectNode headers = line.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), text(values.fromConnectHeader(topic, header.key(), header.schema(), header.value())));
        }
        file.write(JSON.writeValueAsString(line) + "\n");
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
        keys.close();
        values.close();
    }
}

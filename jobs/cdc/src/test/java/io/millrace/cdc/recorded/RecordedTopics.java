package io.millrace.cdc.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.serde.declared.DecimalHandling;
import io.millrace.common.serde.declared.Dialect;
import io.millrace.common.serde.declared.TimePrecision;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one of Debezium's engines wrote; see the README beside the recordings.
 *
 * @param name of the file, without its ending
 * @param wrapped whether each record carries its schema
 * @param records in their order
 */
public record RecordedTopics(String name, Dialect dialect, boolean wrapped, List<ConsumedRecord> records) {

    private static final Pattern NAME = Pattern.compile("debezium-(\\d)-([a-z]+)-([a-z-]+)-(wrapped|bare)");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads all of them. */
    public static List<RecordedTopics> all() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jsonl"))
                    .map(file -> file.replace(".jsonl", ""))
                    .sorted()
                    .map(RecordedTopics::read)
                    .toList();
        }
    }

    /** Reads one. */
    public static RecordedTopics read(String name) {
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            throw new IllegalArgumentException(name + " is no recording's name");
        }
        Dialect dialect = Dialect.debezium(
                DecimalHandling.valueOf(match.group(2).toUpperCase(Locale.ROOT)),
                TimePrecision.valueOf(match.group(3).toUpperCase(Locale.ROOT).replace('-', '_')));
        try {
            return new RecordedTopics(name, dialect, match.group(4).equals("wrapped"), records(name));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }

    private static List<ConsumedRecord> records(String name) throws IOException, URISyntaxException {
        List<ConsumedRecord> records = new ArrayList<>();
        for (String line : Files.readAllLines(folder().resolve(name + ".jsonl"))) {
            JsonNode record = JSON.readTree(line);
            List<Header> headers = new ArrayList<>();
            record.path("headers")
                    .properties()
                    .forEach(header -> headers.add(new Header(header.getKey(), bytes(header.getValue()))));
            records.add(new ConsumedRecord(
                    record.path("topic").asText(),
                    0,
                    records.size(),
                    1_700_000_000_000L,
                    bytes(record.path("key")),
                    bytes(record.path("value")),
                    headers));
        }
        return records;
    }

    private static byte[] bytes(JsonNode text) {
        return text.isNull() ? null : text.asText().getBytes(StandardCharsets.UTF_8);
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RecordedTopics.class.getResource("/recordings"))
                .toURI());
    }

    @Override
    public String toString() {
        return name;
    }
}

package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.shop.check.TopicReader;
import io.millrace.shop.visitors.VisitorTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Everything in a topic of events: those that can be read, and where the others stand. */
final class RawTopic {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNumberLength(100).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final long LATENESS = 60_000;
    private static final long BEFORE_ALL = -LATENESS;

    private final TopicReader reader;
    private final Contract contract;
    private final List<Event> events = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> inTime = new HashSet<>();
    private final long disorder;
    private final Map<Integer, Long> latest = new HashMap<>();

    /**
     * Makes a topic of which nothing is read yet.
     *
     * @param disorder how far the job's time is behind the events
     */
    RawTopic(String bootstrap, String topic, List<String> required, Duration disorder) {
        this.reader = new TopicReader(bootstrap, topic);
        this.contract = new Contract(required);
        this.disorder = disorder.toMillis();
    }

    /** Reads what has come since the last time. */
    void readOn() {
        reader.readOn(this::add);
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        try {
            long before = latest.getOrDefault(record.partition(), BEFORE_ALL);
            // the job's time is never ahead of the partition's
            Event event = read(record, place, before - disorder - 1);
            events.add(event);
            if (event.time() >= before - LATENESS) {
                inTime.add(place);
            }
            latest.put(record.partition(), Math.max(before, Math.min(event.time(), record.timestamp())));
        } catch (Contract.Breach | IOException e) {
            broken.add(place);
        }
    }

    private Event read(ConsumerRecord<byte[], byte[]> record, String place, long watermark)
            throws Contract.Breach, IOException {
        if (record.value() == null) {
            throw new Contract.Breach("it has no value");
        }
        Contract.requireSize(record.value());
        JsonNode body = JSON.readTree(record.value());
        contract.requireFields(body);
        long time = Contract.time(body, record.timestamp());
        String id = name(record, body);
        return new Event(place, record.partition(), record.offset(), time, watermark, id.isEmpty() ? null : id, body);
    }

    /** Returns what an event is called, by itself or beside it; empty if it has no name. */
    private static String name(ConsumerRecord<byte[], byte[]> record, JsonNode body) {
        String id = body.path("eventId").asText("");
        Header beside = record.headers().lastHeader(VisitorTopics.NAME_HEADER);
        return id.isEmpty() && beside != null ? new String(beside.value(), StandardCharsets.UTF_8) : id;
    }

    List<Event> events() {
        return events;
    }

    /** Returns where those stand that nobody can read. */
    Set<String> broken() {
        return broken;
    }

    /** Returns where those stand that no order of reading makes too late. */
    Set<String> inTime() {
        return inTime;
    }

    /** Returns the time that every partition has come to; all of them must hold something. */
    long reached() {
        return latest.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    }
}

package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.Json;
import io.millrace.shop.check.TopicReader;
import io.millrace.shop.visitors.VisitorTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What was said, and what the job says of it that its results do not: which events were too late, for that is up to the
 * order in which partitions were read, and which records it could not read.
 */
final class Ledger {

    private final VisitorTargets targets;
    private final RawTopic views;
    private final RawTopic actions;
    private final RawTopic requests;
    private final TopicReader lateReader;
    private final TopicReader letterReader;
    private final Map<String, Set<String>> late = new HashMap<>();
    private final List<JsonNode> toldLate = new ArrayList<>();
    private final Set<String> letters = new HashSet<>();

    Ledger(VisitorTargets targets) {
        this.targets = targets;
        VisitorTopics topics = targets.topics();
        String bootstrap = targets.bootstrap();
        views = new RawTopic(bootstrap, topics.views(), List.of("pageUrl"), targets.disorder());
        actions = new RawTopic(bootstrap, topics.actions(), List.of("userId", "type"), targets.disorder());
        requests =
                new RawTopic(bootstrap, topics.requests(), List.of("service", "route", "method"), targets.disorder());
        lateReader = new TopicReader(bootstrap, targets.told().late());
        letterReader = new TopicReader(bootstrap, targets.told().deadLetters());
    }

    void readOn() {
        views.readOn();
        actions.readOn();
        requests.readOn();
        lateReader.readOn(this::addLate);
        letterReader.readOn(this::addLetter);
    }

    void addLate(ConsumerRecord<byte[], byte[]> record) {
        JsonNode told = Json.parse(record.value());
        if (told.path("pipeline").asText().equals(targets.pipeline())) {
            late.computeIfAbsent(told.path("result").asText(), unseen -> new HashSet<>())
                    .add(place(told));
            toldLate.add(told);
        }
    }

    /** Returns where the record stands of an event that was too late. */
    static String place(JsonNode told) {
        return told.path("topic").asText() + "-" + told.path("partition").asText() + "@"
                + told.path("offset").asText();
    }

    private void addLetter(ConsumerRecord<byte[], byte[]> letter) {
        if (header(letter, "dlq-pipeline").equals(targets.pipeline())) {
            letters.add(header(letter, "dlq-source-topic") + "-" + header(letter, "dlq-source-partition") + "@"
                    + header(letter, "dlq-source-offset"));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    RawTopic views() {
        return views;
    }

    RawTopic actions() {
        return actions;
    }

    RawTopic requests() {
        return requests;
    }

    /** Returns where the records stand of which there is a dead letter. */
    Set<String> letters() {
        return letters;
    }

    /** Returns where those stand that came too late for a result, of all topics. */
    Set<String> late(String result) {
        return late.getOrDefault(result, Set.of());
    }

    Map<String, Set<String>> late() {
        return late;
    }

    /** Returns what the job has told of events that were too late, some of it perhaps twice. */
    List<JsonNode> toldLate() {
        return toldLate;
    }

    /** Returns the time up to which the windows of topics have been told. */
    long told(RawTopic... topics) {
        long told = Long.MAX_VALUE;
        for (RawTopic topic : topics) {
            told = Math.min(told, topic.reached());
        }
        return told == Long.MIN_VALUE ? told : told - targets.disorder().toMillis();
    }

    /**
     * Returns the events that count for a result, in the order of their times: not those that were too late for it, and of
     * those that have a name each only once for a key.
     */
    List<Event> counted(String result, RawTopic topic, Function<Event, String> key) {
        Set<String> tooLate = late(result);
        Set<String> known = new HashSet<>();
        List<Event> counted = new ArrayList<>();
        for (Event event : topic.events()) {
            boolean isNew = event.id() == null || !known.contains(key.apply(event) + "\n" + event.id());
            if (isNew && !tooLate.contains(event.place())) {
                counted.add(event);
                known.add(key.apply(event) + "\n" + event.id());
            }
        }
        counted.sort(Event.IN_TIME);
        return counted;
    }
}

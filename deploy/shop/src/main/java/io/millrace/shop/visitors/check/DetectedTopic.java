package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.Difference;
import io.millrace.shop.check.Json;
import io.millrace.shop.check.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The users that a topic was told of, in committed transactions: each time once. */
final class DetectedTopic {

    private final TopicReader reader;
    private final Map<String, JsonNode> told = new TreeMap<>();
    private final List<Difference> twice = new ArrayList<>();
    private final String topic;

    DetectedTopic(String bootstrap, String topic) {
        this.topic = topic;
        this.reader = new TopicReader(bootstrap, topic);
    }

    CheckResult compare(Expected expected) {
        reader.readOn(this::add);
        CheckResult result = expected.compare("kafka." + topic, told);
        if (twice.isEmpty()) {
            return result;
        }
        List<Difference> all = new ArrayList<>(twice);
        all.addAll(result.first());
        return new CheckResult(
                result.target(),
                result.counts(),
                result.differ() + twice.size(),
                all.subList(0, Math.min(CheckResult.SHOWN, all.size())));
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        JsonNode user = Json.parse(record.value());
        String key = "userId=" + user.path("userId").asText() + " windowEnd="
                + user.path("windowEnd").asText();
        if (told.put(key, user) != null) {
            twice.add(new Difference(topic, key, "*", "one record", "another one"));
        }
    }
}

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
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a topic was told, in committed transactions: each once. */
final class ToldTopic {

    private final TopicReader reader;
    private final Map<String, JsonNode> told = new TreeMap<>();
    private final List<Difference> twice = new ArrayList<>();
    private final String topic;
    private final Function<JsonNode, String> key;

    /** @param key of what is told: by which it must not be told again */
    ToldTopic(String bootstrap, String topic, Function<JsonNode, String> key) {
        this.topic = topic;
        this.key = key;
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
        JsonNode value = Json.parse(record.value());
        String its = key.apply(value);
        if (told.put(its, value) != null) {
            twice.add(new Difference(topic, its, "*", "one record", "another one"));
        }
    }
}

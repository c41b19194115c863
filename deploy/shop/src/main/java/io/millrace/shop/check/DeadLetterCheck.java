package io.millrace.shop.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The dead letters against the records that were broken on purpose: each of those once, and no other. */
public final class DeadLetterCheck implements Check {

    private final String name;
    private final TopicReader reader;
    private final String pipeline;
    private final Set<String> expected;
    private final Set<String> found = new TreeSet<>();

    /**
     * Checks one pipeline's letters.
     *
     * @param expected the source positions, as {@code topic-partition@offset}
     */
    public DeadLetterCheck(String bootstrap, String topic, String pipeline, Set<String> expected) {
        this("dead-letters", bootstrap, topic, pipeline, expected);
    }

    /**
     * Checks one pipeline's letters.
     *
     * @param name of the check
     * @param expected the source positions, as {@code topic-partition@offset}
     */
    public DeadLetterCheck(String name, String bootstrap, String topic, String pipeline, Set<String> expected) {
        this.name = name;
        this.reader = new TopicReader(bootstrap, topic);
        this.pipeline = pipeline;
        this.expected = expected;
    }

    @Override
    public String target() {
        return name;
    }

    @Override
    public CheckResult run(SourceSnapshot source) {
        return run();
    }

    /** Compares the letters with what is expected. */
    public CheckResult run() {
        reader.readOn(this::add);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> surplus = new TreeSet<>(found);
        surplus.removeAll(expected);
        List<Difference> differences = new ArrayList<>();
        missing.forEach(
                position -> differences.add(new Difference(target(), position, "*", "a dead letter", "nothing")));
        surplus.forEach(
                position -> differences.add(new Difference(target(), position, "*", "nothing", "a dead letter")));
        return new CheckResult(
                target(),
                "expected=" + expected.size() + " found=" + found.size(),
                differences.size(),
                differences.subList(0, Math.min(CheckResult.SHOWN, differences.size())));
    }

    /** One record may be written twice after a restart; letters are counted by where their source stood. */
    private void add(ConsumerRecord<byte[], byte[]> letter) {
        if (pipeline.equals(header(letter, "dlq-pipeline"))) {
            found.add(header(letter, "dlq-source-topic") + "-" + header(letter, "dlq-source-partition") + "@"
                    + header(letter, "dlq-source-offset"));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}

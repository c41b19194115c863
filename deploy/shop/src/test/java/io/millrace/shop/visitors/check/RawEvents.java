package io.millrace.shop.visitors.check;

import io.millrace.shop.visitors.VisitorTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A ledger that is written by hand. */
final class RawEvents {

    static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    final Ledger ledger = new Ledger(new VisitorTargets(
            "unused:1",
            "http://unused:1",
            "unused",
            "redis://unused:1",
            VisitorTopics.standard(),
            VisitorTargets.Told.standard(),
            "analytics",
            Instant.EPOCH,
            Duration.ofSeconds(5),
            2,
            20));
    private long offset;

    /** Adds a view; the fields are those beside the page. */
    void view(String page, long after, String fields) {
        add(ledger.views(), VisitorTopics.standard().views(), "\"pageUrl\":\"" + page + "\"", after, fields);
    }

    void action(String user, String type, long after, String fields) {
        String body = "\"userId\":\"" + user + "\",\"type\":\"" + type + "\"";
        add(ledger.actions(), VisitorTopics.standard().actions(), body, after, fields);
    }

    void request(double millis, int status, long after) {
        String body = "\"service\":\"s\",\"route\":\"/\",\"method\":\"GET\",\"status\":" + status;
        add(ledger.requests(), VisitorTopics.standard().requests(), body, after, ",\"durationMs\":" + millis);
    }

    private void add(RawTopic topic, String name, String body, long after, String fields) {
        String value = "{" + body + ",\"timestamp\":" + (NOON + after) + fields + "}";
        topic.add(record(name, NOON + after, value.getBytes(StandardCharsets.UTF_8)));
    }

    ConsumerRecord<byte[], byte[]> record(String topic, long time, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset++,
                time,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}

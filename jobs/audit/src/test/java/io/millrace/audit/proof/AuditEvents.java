package io.millrace.audit.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events of some days of the past, at most one partition's clock going back an hour now and then. */
final class AuditEvents {

    private static final int USERS = 7;

    private static final long DAYS = 3 * 24 * 3_600_000L;

    private final AuditTopic topic;
    private final Random random;
    private int number;

    AuditEvents(AuditTopic topic, long seed) {
        this.topic = topic;
        this.random = new Random(seed);
    }

    /** Returns when the first of the days begins that events are dated on: three have ended, and today has begun. */
    static Instant begin() {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(3, ChronoUnit.DAYS);
    }

    /** Returns some records of the first two partitions, spread over a part of the days. */
    List<ProducerRecord<byte[], byte[]>> next(int count, double from, double to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double place = from + (to - from) * i / count;
            long back = random.nextInt(20) == 0 ? 3_600_000 : 0;
            records.add(next(i % 2, begin().toEpochMilli() + (long) (DAYS * place) - back));
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> next(int partition, long time) {
        number++;
        String user = "person-" + random.nextInt(USERS);
        ProducerRecord<byte[], byte[]> record = topic.record(partition, time, user, value(user));
        record.headers().add("correlation-id", ("correlation-" + number).getBytes(StandardCharsets.UTF_8));
        record.headers().add("event-type", null);
        return record;
    }

    private String value(String user) {
        if (random.nextInt(10) == 0) {
            return "no event, of " + user;
        }
        return ("{\"eventId\":\"e-%d\",\"eventType\":\"DOCUMENT_READ\",\"userId\":\"%s\",\"accessedBy\":\"support-7\","
                        + "\"resourceId\":\"document-%d\",\"metadata\":{\"ip\":\"10.99.0.%d\",\"attempt\":1}}")
                .formatted(number, user, random.nextInt(50), random.nextInt(250));
    }
}

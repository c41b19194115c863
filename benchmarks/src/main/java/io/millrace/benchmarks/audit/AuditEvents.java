package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.workload.Zipf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Audit events as services write them: some 370 bytes, each about one person, who is encrypted. Few do most. */
final class AuditEvents {

    /** Persons of a backlog, each with a key. */
    static final int PERSONS = 10_000;

    private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final List<String> TYPES =
            List.of("DOCUMENT_READ", "DOCUMENT_CHANGED", "LOGIN_SUCCEEDED", "EXPORT_STARTED");

    private final Zipf persons = new Zipf(PERSONS, 0.8);
    private final SplittableRandom random;
    private long number;

    AuditEvents(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One event, as a record's parts. */
    record AuditEvent(byte[] key, byte[] value, List<Header> headers) {}

    AuditEvent next() {
        String person = "u-" + persons.next(random);
        String type = TYPES.get(random.nextInt(TYPES.size()));
        String id = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        String json = "{\"eventId\":\"e-" + id + "\",\"eventType\":\"" + type + "\",\"userId\":\"" + person
                + "\",\"accessedBy\":\"staff-" + random.nextInt(50) + "\",\"resourceId\":\"document-"
                + random.nextInt(100_000) + "\",\"timestamp\":\"" + Instant.ofEpochMilli(BEGIN + number++)
                + "\",\"metadata\":{\"ip\":\"10." + random.nextInt(250) + "." + random.nextInt(250) + ".17\","
                + "\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)\","
                + "\"service\":\"documents\",\"region\":\"eu-central-1\",\"requestId\":\"" + id + "\"}}";
        return new AuditEvent(
                bytes(person),
                bytes(json),
                List.of(
                        new RecordHeader("correlation-id", bytes("c-" + id)),
                        new RecordHeader("event-type", bytes(type))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

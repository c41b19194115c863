package io.millrace.shop.audit.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailEventTest {

    @Test
    void whoeverIsACustomerIsEncryptedAndStaffIsNot() {
        TrailEvent event = TrailEvent.of(record("{\"eventId\":\"e\",\"eventType\":\"READ\",\"userId\":\"customer-1\","
                + "\"accessedBy\":\"staff-2\",\"resourceId\":\"r\",\"timestamp\":\"1970-01-01T00:00:05Z\"}"));

        assertThat(event.isEvent()).isTrue();
        assertThat(event.subjects()).containsExactly("customer-1");
        assertThat(event.row())
                .containsEntry("kind", "event")
                .containsEntry("timestamp", "1000")
                .containsEntry("event_time", "5000")
                .containsEntry("event_id", "e")
                .containsEntry("event_type", "READ")
                .containsEntry("resource_id", "r")
                .containsEntry("user_id", TrailEvent.ENCRYPTED)
                .containsEntry("accessed_by", "staff-2");
    }

    @Test
    void aCustomerWhoAccessesIsAboutToo() {
        TrailEvent event = TrailEvent.of(
                record("{\"eventType\":\"READ\",\"userId\":\"customer-1\",\"accessedBy\":\"customer-2\"}"));

        assertThat(event.subjects()).containsExactlyInAnyOrder("customer-1", "customer-2");
        assertThat(event.row())
                .containsEntry("accessed_by", TrailEvent.ENCRYPTED)
                .doesNotContainKey("event_time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a line",
                "[]",
                "{\"userId\":\"customer-1\"}",
                "{\"eventType\":\"READ\",\"timestamp\":\"yesterday\"}",
                "{\"eventType\":\"READ\",\"metadata\":\"10.0.0.7\"}",
                "{\"eventType\":\"READ\"} {}",
                "{\"eventType\":\"READ\",\"cut"
            })
    void whatIsNoEventIsAboutItsKey(String value) {
        TrailEvent event = TrailEvent.of(record(value));

        assertThat(event.isEvent()).isFalse();
        assertThat(event.row()).containsOnlyKeys("timestamp", "kind").containsEntry("kind", "malformed");
        assertThat(event.subjects()).containsExactly("customer-9");
    }

    @Test
    void neitherNothingNorWhatIsTooLargeOrTooDeepIsAnEvent() {
        String begin = "{\"eventType\":\"READ\",\"x\":";

        assertThat(TrailEvent.of(record(null)).isEvent()).isFalse();
        assertThat(TrailEvent.of(record(begin + "\"" + "x".repeat(300_000) + "\"}"))
                        .isEvent())
                .isFalse();
        assertThat(TrailEvent.of(record(begin + "[".repeat(32) + "]".repeat(32) + "}"))
                        .isEvent())
                .isFalse();
        assertThat(TrailEvent.of(record(begin + "[".repeat(31) + "]".repeat(31) + "}"))
                        .isEvent())
                .isTrue();
    }

    private static ConsumerRecord<byte[], byte[]> record(@Nullable String value) {
        return new ConsumerRecord<>(
                "audit-logs",
                0,
                3,
                1_000,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                "customer-9".getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}

package io.millrace.common.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class CopyRecordTest {

    @Test
    void takesBytesPositionAndHeadersAsTheyAre() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("a", new byte[] {1}).add("a", null);
        byte[] key = {1, 2};
        byte[] value = {-1, 0};

        ConsumedRecord copied = copy(new ConsumerRecord<>(
                "t", 3, 44, 55, TimestampType.CREATE_TIME, 2, 2, key, value, headers, Optional.empty()));

        assertThat(copied.topic()).isEqualTo("t");
        assertThat(copied.partition()).isEqualTo(3);
        assertThat(copied.offset()).isEqualTo(44);
        assertThat(copied.timestamp()).isEqualTo(55);
        assertThat(copied.key()).isSameAs(key);
        assertThat(copied.value()).isSameAs(value);
        assertThat(copied.headers()).extracting(Header::name).containsExactly("a", "a");
        assertThat(copied.header("a")).isNull();
    }

    @Test
    void takesATombstoneAndARecordWithoutAKey() {
        ConsumedRecord copied = copy(new ConsumerRecord<>("t", 0, 1, null, null));

        assertThat(copied.key()).isNull();
        assertThat(copied.value()).isNull();
        assertThat(copied.headers()).isEmpty();
    }

    private static ConsumedRecord copy(ConsumerRecord<byte[], byte[]> record) {
        List<ConsumedRecord> copies = new ArrayList<>();
        new CopyRecord().deserialize(record, new ListCollector<>(copies));
        return copies.get(0);
    }
}

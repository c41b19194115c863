package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class RedisStateSerializerTest {

    private static final String GOLDEN = "ffffffffffffffff" + "00000002" // format of Flink, count
            + "0000000000000078" // size of the first
            + "000c7075626c69632e7573657273" + "75" + "0000000000000005" // table, operation, version
            + "00000008" + "7b226964223a317d" + "ffffffff" // key, before
            + "0000000e" + "7b226964223a312c2276223a357d" + "ffffffff" // after, schema
            + "0000000000000005" + "0000000000000000" + "00000000000003e8" + "00" + "ffffffff" // source
            + "01" + "00166462736572766572312e7075626c69632e7573657273" // origin and its topic
            + "00000000" + "0000000000000005" + "00000000000003e8" // partition, offset, timestamp
            + "00000008" + "7b226964223a317d" + "0000000e" + "7b226964223a312c2276223a357d" + "00000000"
            + "000000000000006a" // size of the second, a delete
            + "000c7075626c69632e7573657273" + "64" + "0000000000000006"
            + "00000008" + "7b226964223a327d" + "ffffffff" + "ffffffff" + "ffffffff"
            + "0000000000000006" + "0000000000000000" + "00000000000003e8" + "00" + "ffffffff"
            + "01" + "00166462736572766572312e7075626c69632e7573657273"
            + "00000000" + "0000000000000006" + "00000000000003e8"
            + "00000008" + "7b226964223a327d" + "ffffffff" + "00000000";

    private static final RowChangeConverter CONVERTER = converter("u:{id}");

    private static RowChangeConverter converter(String key) {
        return new RowChangeConverter(
                RedisConfig.of("redis://127.0.0.1:1", List.of(RedisRoute.write(Rows.TABLE, key))));
    }

    private static BufferedRequestState<RedisEntry> state(RowChange... changes) {
        return new BufferedRequestState<>(List.of(changes).stream()
                .map(CONVERTER::convert)
                .map(entry -> new RequestEntryWrapper<>(entry, entry.size()))
                .toList());
    }

    @Test
    void writesTheBytesThatReleasedSavepointsHold() throws IOException {
        byte[] written = new RedisStateSerializer(CONVERTER).serialize(state(Rows.row(5, 1), Rows.delete(6, 2)));

        assertThat(HexFormat.of().formatHex(written)).isEqualTo(GOLDEN);
    }

    @Test
    void readsTheBytesThatReleasedSavepointsHold() throws IOException {
        List<RequestEntryWrapper<RedisEntry>> read = new RedisStateSerializer(CONVERTER)
                .deserialize(1, HexFormat.of().parseHex(GOLDEN))
                .getBufferedRequestEntries();

        assertThat(read)
                .extracting(wrapper -> wrapper.getRequestEntry().change())
                .usingRecursiveComparison()
                .isEqualTo(List.of(Rows.row(5, 1), Rows.delete(6, 2)));
        assertThat(read.get(0).getRequestEntry().write().value()).isEqualTo("{\"id\":1,\"v\":5}".getBytes(UTF_8));
        assertThat(read.get(1).getRequestEntry().write().value()).isNull();
        assertThat(read).extracting(RequestEntryWrapper::getSize).containsExactly(120L, 106L);
    }

    @Test
    void convertsWhatItReadsByTheRoutesOfToday() throws IOException {
        RedisEntry entry = new RedisStateSerializer(converter("users:{id}:row"))
                .deserialize(1, HexFormat.of().parseHex(GOLDEN))
                .getBufferedRequestEntries()
                .get(0)
                .getRequestEntry();

        assertThat(entry.write().key()).isEqualTo("users:1:row");
    }

    @Test
    void keepsARefusedChangeRefused() throws IOException {
        RedisStateSerializer serializer = new RedisStateSerializer(CONVERTER);
        byte[] written = serializer.serialize(state(Rows.row(5, Rows.key(1), "no JSON")));

        RedisEntry entry = serializer
                .deserialize(serializer.getVersion(), written)
                .getBufferedRequestEntries()
                .get(0)
                .getRequestEntry();

        assertThat(entry.write()).isNull();
        assertThat(entry.refusal()).isNotNull();
    }

    @Test
    void keepsASweepBesideTheWritesThatWait() throws IOException {
        RowChange sweep = RowChange.sweep(Rows.TABLE, 9);
        RedisStateSerializer serializer = new RedisStateSerializer(CONVERTER);
        List<BufferedRequestState<RedisEntry>> read = new ArrayList<>();
        for (BufferedRequestState<RedisEntry> saved : SweepState.with(List.of(sweep), List.of(state(Rows.row(5, 1))))) {
            read.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(saved)));
        }

        assertThat(SweepState.in(read)).usingRecursiveComparison().isEqualTo(List.of(sweep));
        assertThat(SweepState.without(read))
                .flatExtracting(BufferedRequestState::getBufferedRequestEntries)
                .extracting(wrapper -> wrapper.getRequestEntry().change().version())
                .containsExactly(5L);
    }

    @Test
    void refusesAFormThatItDoesNotKnow() {
        assertThatThrownBy(() -> new RedisStateSerializer(CONVERTER).deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("restore it with the release that wrote it");
    }
}

package io.millrace.common.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class DeadLetterSerializerTest {

    private static final String GOLDEN = "0016646273657276657231" + "2e7075626c69632e7573657273" // topic
            + "00000003" + "000000000000002a" + "0000018bcfe56800" // partition, offset, timestamp
            + "00000008" + "7b226964223a377d" + "00000001" + "ff" // key, value
            + "00000002" + "000e" + "636f7272656c6174696f6e2d6964" + "00000003" + "632d31" // headers
            + "0005" + "656d707479" + "ffffffff"
            + "0000000000000005" + "00000008" + "6364632d73796e63" + "00000005" + "7061727365"
            + "0000000f" + "696f2e6d696c6c726163652e426164" + "0000000e" + "6e6f20636f6d6d61206174203137"
            + "00000001";

    @Test
    void writesTheBytesThatReleasedSavepointsHold() throws IOException {
        DeadLetter letter = Letters.withValue(new byte[] {(byte) 0xFF});

        assertThat(HexFormat.of().formatHex(write(letter))).isEqualTo(GOLDEN);
    }

    @Test
    void readsTheBytesThatReleasedSavepointsHold() throws IOException {
        DeadLetter letter = read(HexFormat.of().parseHex(GOLDEN));

        assertThat(letter).usingRecursiveComparison().isEqualTo(Letters.withValue(new byte[] {(byte) 0xFF}));
    }

    @Test
    void keepsWhatIsAbsentAbsent() throws IOException {
        ConsumedRecord tombstone = new ConsumedRecord("t", -1, 0, 0, null, null, List.of());
        DeadLetter letter = new DeadLetter(tombstone, -1, "p", "s", "e", null, 2);

        assertThat(read(write(letter))).usingRecursiveComparison().isEqualTo(letter);
    }

    @Test
    void carriesAMessageLongerThanModifiedUtf8CanHold() throws IOException {
        ConsumedRecord record = new ConsumedRecord("t", 0, 0, 0, null, null, List.of());
        DeadLetter letter = new DeadLetter(record, -1, "p", "s", "e", "ü".repeat(70_000), 1);

        assertThat(read(write(letter)).errorMessage()).hasSize(70_000);
    }

    @Test
    void isFoundByFlinkThroughItsAnnotation() {
        assertThat(TypeInformation.of(DeadLetter.class)).isSameAs(DeadLetterTypeInfo.INSTANCE);
    }

    private static byte[] write(DeadLetter letter) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        DeadLetterSerializer.INSTANCE.serialize(letter, out);
        return out.getCopyOfBuffer();
    }

    private static DeadLetter read(byte[] bytes) throws IOException {
        return DeadLetterSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}

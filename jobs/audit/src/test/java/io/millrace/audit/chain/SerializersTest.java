package io.millrace.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.manifest.Head;
import io.millrace.audit.folder.PendingUpload;
import io.millrace.audit.tick.Tick;
import io.millrace.audit.tick.TickSerializer;
import io.millrace.audit.write.Pending;
import io.millrace.audit.write.PendingSerializer;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private static <T> byte[] write(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T again(TypeSerializer<T> serializer, T value) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(write(serializer, value)));
    }

    @Test
    void aHeadIsReadAsItWasWritten() throws IOException {
        for (LocalDate day : new LocalDate[] {MONDAY, null}) {
            Head head = new Head(42, new Chain(new ChainId("a", "b", 1)).genesis(), day);

            assertThat(again(HeadSerializer.INSTANCE, head)).isEqualTo(head);
        }
    }

    /** State that is in savepoints: these bytes must be read for ever. */
    @Test
    void aHeadIsWrittenInTheseBytes() throws IOException {
        String golden = "01" + "000000000000002a" + "00".repeat(32) + "0000000000005022";

        assertThat(HexFormat.of().formatHex(write(HeadSerializer.INSTANCE, new Head(42, Hash.ZERO, MONDAY))))
                .isEqualTo(golden);
    }

    @Test
    void aPendingFileIsReadAsItWasWritten() throws IOException {
        SealedFile sealed = new SealedFile("audit/dt=2026-03-02/3-7-9.parquet", 7, 9, 2, 500, Hash.ZERO, Hash.ZERO);
        Pending file =
                new Pending(3, MONDAY, new Pending.File(sealed, Hash.ZERO, new PendingUpload(1, new byte[] {4, 5})));

        assertThat(again(PendingSerializer.INSTANCE, file)).isEqualTo(file);
        assertThat(again(PendingSerializer.INSTANCE, Pending.endOf(3, MONDAY))).isEqualTo(Pending.endOf(3, MONDAY));
    }

    /** State that is in savepoints: these bytes must be read for ever. */
    @Test
    void aPendingFileIsWrittenInTheseBytes() throws IOException {
        SealedFile sealed = new SealedFile("f", 7, 9, 2, 500, Hash.ZERO, Hash.ZERO);
        Pending file =
                new Pending(3, MONDAY, new Pending.File(sealed, Hash.ZERO, new PendingUpload(1, new byte[] {4, 5})));
        String golden = "01" + "00000003" + "0000000000005022" + "01" + "000166" + "0000000000000007"
                + "0000000000000009" + "0000000000000002" + "00000000000001f4" + "00".repeat(96) + "00000001"
                + "000000020405";

        assertThat(HexFormat.of().formatHex(write(PendingSerializer.INSTANCE, file)))
                .isEqualTo(golden);
    }

    @Test
    void aTickIsReadAsItWasWritten() throws IOException {
        assertThat(again(TickSerializer.INSTANCE, new Tick(3, 42, 41))).isEqualTo(new Tick(3, 42, 41));
    }

    @Test
    void aStateOfALaterVersionIsRefused() {
        assertThatThrownBy(() -> HeadSerializer.INSTANCE.deserialize(new DataInputDeserializer(new byte[] {2})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of the form 2");
    }

    @Test
    void aStepIsReadAsItWasWritten() throws IOException {
        Chain chain = new Chain(new ChainId("a", "b", 1));
        Fields fields = new Fields(Kind.EVENT, 5L, "e", "READ", null, "x".repeat(70_000), "r", "{}");
        Content content = new Content(null, new byte[] {1}, new byte[] {2, 3});
        Step record = Step.record(1, MONDAY, chain.entry(9, 8, content, fields, chain.genesis()));

        assertThat(again(StepSerializer.INSTANCE, record))
                .usingRecursiveComparison()
                .isEqualTo(record);
        assertThat(again(StepSerializer.INSTANCE, Step.endOf(1, MONDAY))).isEqualTo(Step.endOf(1, MONDAY));
    }
}

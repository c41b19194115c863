package io.millrace.archive.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.file.MemoryFile;
import io.millrace.archive.sample.SampleEntries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files come back as they were written, and no other file is taken for one, whatever it has where. */
class ArchiveFileReaderTest {

    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 5);
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final int TAIL = 8;

    private static byte[] write(List<Entry> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveFileWriter writer = new ArchiveFileWriter(out, CHAIN);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        Hash sha256 = writer.finish();
        assertThat(sha256).isEqualTo(Sha256.of(out.toByteArray()));
        assertThat(writer.size()).isEqualTo(out.size());
        return out.toByteArray();
    }

    private static List<Entry> read(byte[] file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        ArchiveFileReader reader = ArchiveFileReader.of(new MemoryFile(file));
        reader.read(row -> {
            assertThat(row.partition()).isEqualTo(CHAIN.partition());
            entries.add(row.entry());
        });
        assertThat(reader.rows()).isEqualTo(entries.size());
        return entries;
    }

    /** What entries say, and what follows from their content and fields. */
    private static List<List<Object>> hashed(List<Entry> entries) {
        Chain chain = new Chain(CHAIN);
        List<List<Object>> hashed = new ArrayList<>();
        for (Entry entry : entries) {
            Hash own = chain.hash(entry.offset(), entry.timestamp(), entry.content(), entry.previousHash());
            hashed.add(List.of(entry.hash(), own, entry.rowHash(), chain.rowHash(own, entry.fields())));
        }
        return hashed;
    }

    private static List<Entry> sample(long seed, int count) {
        return new SampleEntries(CHAIN, seed).next(MONDAY, count);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsWrittenIsReadWhateverIsMissingInARow(long seed) throws IOException {
        List<Entry> entries = sample(seed, (int) (1 + seed * seed * 5));

        byte[] file = write(entries);

        assertThat(hashed(read(file))).isEqualTo(hashed(entries));
        assertThat(write(entries)).as("the same rows are the same bytes").isEqualTo(file);
    }

    /** More than one row group: each row is as large as a group can be before it ends. */
    @Test
    void aFileOfSeveralRowGroupsIsReadInOrder() throws IOException {
        Chain chain = new Chain(CHAIN);
        List<Entry> entries = new ArrayList<>();
        Hash previous = chain.genesis();
        for (int i = 0; i < 7; i++) {
            byte[] value = new byte[3 << 20];
            Arrays.fill(value, (byte) i);
            Entry entry = chain.entry(
                    i, i, new Content(i % 2 == 0 ? null : value, value, null), Fields.none(Kind.MALFORMED), previous);
            previous = entry.hash();
            entries.add(entry);
        }

        assertThat(hashed(read(write(entries)))).isEqualTo(hashed(entries));
    }

    @Test
    void aFileWithoutARowIsOne() throws IOException {
        assertThat(read(write(List.of()))).isEmpty();
    }

    @Test
    void namesTheArchiveItBelongsTo() throws IOException {
        assertThat(ArchiveFileReader.of(new MemoryFile(write(sample(1, 2)))).texts())
                .containsEntry("millrace.audit.archive", "test")
                .containsEntry("millrace.audit.topic", "audit-logs");
    }

    @Test
    void refusesEachPartOfAFile() throws IOException {
        byte[] whole = write(sample(3, 5));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }

    /** A reader of hostile files says that it cannot read them; it does not fall, and gives no rows that are too many. */
    @Test
    void whateverIsChangedTheFileIsReadOrRefused() throws IOException {
        List<Entry> entries = sample(4, 4);
        byte[] whole = write(entries);
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << (at % 8));
            try {
                List<Entry> rows = new ArrayList<>();
                ArchiveFileReader.of(new MemoryFile(changed)).read(row -> rows.add(row.entry()));
                assertThat(rows).hasSize(entries.size());
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, (64 << 20) + 1})
    void refusesMetadataOfALengthThatCannotBe(int length) throws IOException {
        byte[] file = write(sample(5, 2));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(file.length - TAIL, length);

        assertThatThrownBy(() -> read(file)).isInstanceOf(ParquetFormatException.class);
    }

    /** What no row shows can be no part of a file: neither before, nor between, nor behind the pages. */
    @Test
    void refusesBytesThatNoRowShows() throws IOException {
        byte[] file = write(sample(6, 3));
        int footer = footer(file);
        for (int at : new int[] {0, 4, footer, file.length - TAIL, file.length}) {
            byte[] longer = new byte[file.length + 1];
            System.arraycopy(file, 0, longer, 0, at);
            System.arraycopy(file, at, longer, at + 1, file.length - at);
            assertThatThrownBy(() -> read(longer)).as("a byte at %d", at).isInstanceOf(ParquetFormatException.class);
        }
    }

    private static int footer(byte[] file) {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TAIL);
        return file.length - TAIL - length;
    }

    /** As many lists within lists as the largest metadata has bytes. */
    @Test
    void refusesMetadataThatIsNestedWithoutEnd() throws IOException {
        byte[] deep = new byte[1 << 20];
        Arrays.fill(deep, (byte) 0x19);

        assertThatThrownBy(() -> read(withMetadata(deep)))
                .isInstanceOf(ParquetFormatException.class)
                .hasMessageContaining("nested deeper");
    }

    private static byte[] withMetadata(byte[] metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ArchiveFileWriter.MAGIC);
        out.write(metadata);
        out.write(LittleEndianBytes.of(metadata.length));
        out.write(ArchiveFileWriter.MAGIC);
        return out.toByteArray();
    }

    @Test
    void anEntryOfARequiredColumnHasAValue() {
        ColumnBuffer column = new ColumnBuffer(Columns.ALL.get(0));

        assertThatThrownBy(column::addNull)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column partition needs a value");
    }
}

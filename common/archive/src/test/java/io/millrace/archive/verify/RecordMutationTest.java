package io.millrace.archive.verify;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.sample.MemoryFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to change records is found, and the record named. */
class RecordMutationTest {

    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;
    private String name;
    private List<Entry> rows;

    @BeforeEach
    void write() {
        archive = SampleArchive.whole(new MemoryFolder(), keys.signingKey());
        name = archive.files(0, MONDAY.plusDays(1)).get(0);
        rows = new ArrayList<>(archive.read(name));
    }

    private Report verify() throws IOException {
        return Verifier.verify(archive.folder(), keys.publicKeys(), VerifyOptions.EVERYTHING);
    }

    /** Writes the rows in the place of the file, and expects that exactly one thing is found. */
    private void expectWrong(long offset, String what) throws IOException {
        archive.write(name, 0, rows);
        Report report = verify();

        assertThat(report.findings()).hasSize(1);
        assertThat(report.firstWrongRecord()).hasValueSatisfying(wrong -> {
            assertThat(wrong.offset()).isEqualTo(offset);
            assertThat(wrong.where()).isEqualTo(name);
            assertThat(wrong.what()).contains(what);
        });
        assertThat(report.sealed()).isEqualTo(7 * 5 - 4);
    }

    private void change(int row, UnaryOperator<Entry> change) {
        rows.set(row, change.apply(rows.get(row)));
    }

    private static Entry with(Entry entry, long timestamp, Content content, Fields fields) {
        return new Entry(
                entry.offset(), timestamp, content, fields, entry.previousHash(), entry.hash(), entry.rowHash());
    }

    /** The control: what the tests do to a file changes nothing by itself. */
    @Test
    void theSameRowsAreTheSameFile() throws IOException {
        archive.write(name, 0, rows);

        assertThat(verify().findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anotherTimestamp(int row) throws IOException {
        change(row, entry -> with(entry, entry.timestamp() + 1, entry.content(), entry.fields()));

        expectWrong(rows.get(row).offset(), "was changed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void otherBytes(int row) throws IOException {
        Content other = new Content(null, new byte[] {0}, new byte[] {0, 'x'});
        change(row, entry -> with(entry, entry.timestamp(), other, entry.fields()));

        expectWrong(rows.get(row).offset(), "was changed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anotherField(int row) throws IOException {
        change(row, entry -> with(entry, entry.timestamp(), entry.content(), Fields.none(Kind.ERASED)));

        expectWrong(rows.get(row).offset(), "fields were changed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRecordRemoved(int row) throws IOException {
        rows.remove(row);

        expectWrong(rows.get(row).offset(), "one was removed or changed");
    }

    @Test
    void theFirstRecordRemoved() throws IOException {
        long first = rows.remove(0).offset();

        expectWrong(first, "the file begins with record " + rows.get(0).offset());
    }

    @Test
    void theLastRecordRemoved() throws IOException {
        rows.remove(3);

        expectWrong(rows.get(2).offset() + 1, "missing from here on");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aRecordTwice(int row) throws IOException {
        rows.add(row, rows.get(row));

        expectWrong(rows.get(row).offset(), "twice, or moved");
    }

    @Test
    void twoRecordsInAnotherOrder() throws IOException {
        Collections.swap(rows, 1, 2);

        expectWrong(rows.get(1).offset(), "removed or changed");
    }

    @Test
    void aRecordAddedThatIsHashedInItsPlace() throws IOException {
        Entry before = rows.get(3);
        rows.add(new Chain(SampleArchive.chain(0))
                .entry(before.offset() + 1, before.timestamp(), before.content(), before.fields(), before.hash()));

        expectWrong(before.offset() + 1, "it was added");
    }

    @Test
    void aRecordOfAnotherFile() throws IOException {
        rows.set(2, archive.read(archive.files(0, MONDAY).get(1)).get(0));

        expectWrong(rows.get(2).offset(), "twice, or moved");
    }

    @Test
    void aRecordOfAnotherPartition() throws IOException {
        Entry foreign =
                archive.read(archive.files(1, MONDAY.plusDays(2)).get(1)).get(2);
        rows.set(1, foreign);

        archive.write(name, 0, rows);

        assertThat(verify().firstWrongRecord())
                .hasValueSatisfying(wrong -> assertThat(wrong.offset()).isEqualTo(foreign.offset()));
    }

    @Test
    void aRecordReplacedAndAllBehindItHashedAnew() throws IOException {
        Chain chain = new Chain(SampleArchive.chain(0));
        Content other = new Content(null, new byte[] {0}, new byte[] {0, 'x'});
        change(1, row -> chain.entry(row.offset(), row.timestamp(), other, row.fields(), row.previousHash()));
        for (int next = 2; next < rows.size(); next++) {
            var before = rows.get(next - 1).hash();
            change(next, row -> chain.entry(row.offset(), row.timestamp(), row.content(), row.fields(), before));
        }

        expectWrong(rows.get(0).offset(), "hashed anew");
    }

    @Test
    void fieldsReplacedAndHashedAnew() throws IOException {
        Chain chain = new Chain(SampleArchive.chain(0));
        Fields other = Fields.none(Kind.ERASED);
        change(1, row -> chain.entry(row.offset(), row.timestamp(), row.content(), other, row.previousHash()));

        expectWrong(rows.get(0).offset(), "it is not the file that was named");
    }

    @Test
    void aFileRemoved() throws IOException {
        archive.remove(name);

        Report report = verify();

        assertThat(report.findings()).hasSize(1);
        assertThat(report.firstWrongRecord()).hasValueSatisfying(wrong -> {
            assertThat(wrong.offset()).isEqualTo(rows.get(0).offset());
            assertThat(wrong.what()).contains("the file is missing");
        });
    }

    @Test
    void aFileAdded() throws IOException {
        archive.put("audit/dt=2026-03-03/0-2-3.parquet", archive.bytes(name));

        assertThat(verify().findings())
                .extracting(Finding::kind, Finding::where)
                .containsExactly(tuple(Finding.Kind.UNKNOWN_FILE, "audit/dt=2026-03-03/0-2-3.parquet"));
    }

    @Test
    void aFileInThePlaceOfAnother() throws IOException {
        archive.put(name, archive.bytes(archive.files(0, MONDAY).get(0)));

        assertThat(verify().firstWrongRecord()).isPresent();
    }

    @Test
    void aRecordChangedThatIsNotSealedYet() throws IOException {
        name = archive.files(1, MONDAY.plusDays(3)).get(0);
        rows = new ArrayList<>(archive.read(name));
        change(1, entry -> with(entry, entry.timestamp() + 1, entry.content(), entry.fields()));
        archive.write(name, 1, rows);

        assertThat(verify().firstWrongRecord())
                .hasValueSatisfying(wrong ->
                        assertThat(wrong.offset()).isEqualTo(rows.get(1).offset()));
    }

    /** A day of three files, to be verified thousands of times; the one between the others is changed. */
    private void writeOneDay() throws IOException {
        archive = new SampleArchive(new MemoryFolder(), 1);
        archive.add(0, MONDAY, 1);
        name = archive.add(0, MONDAY, 4).name();
        archive.add(0, MONDAY, 1);
        archive.seal(0, MONDAY, keys.signingKey());
        assertThat(verify().sealed()).isEqualTo(6);
    }

    /** Every single byte counts: in the data, in the pages' headers and in the metadata. */
    @Test
    void anyByteOfAFile() throws IOException {
        writeOneDay();
        byte[] right = archive.bytes(name);
        for (int at = 0; at < right.length; at++) {
            byte[] wrong = right.clone();
            wrong[at] = (byte) (wrong[at] ^ (1 << (at % 8)));
            archive.put(name, wrong);

            assertThat(verify().findings()).as("byte %d", at).hasSize(1);
        }
    }

    @Test
    void anyEndOfAFile() throws IOException {
        writeOneDay();
        byte[] right = archive.bytes(name);
        for (int length = 0; length < right.length; length += 7) {
            archive.put(name, Arrays.copyOf(right, length));

            assertThat(verify().findings()).as("%d bytes", length).hasSize(1);
        }
    }
}

package io.millrace.audit.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.Head;
import io.millrace.audit.chain.Step;
import io.millrace.audit.folder.PendingFileGone;
import io.millrace.audit.folder.PendingFiles;
import io.millrace.common.failure.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where files end, and that nobody sees them before they are published. */
class WriteFilesTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final int FILE_SIZE = 50_000;
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(20));

    @TempDir
    Path root;

    private OneInputStreamOperatorTestHarness<Step, Pending> harness;
    private Head head;
    private final Chain chain = new Chain(new ChainId("test", "audit-logs", 3));

    @BeforeEach
    void open() throws Exception {
        head = new Head(-1, chain.genesis(), null);
        harness = harness(root);
    }

    private static OneInputStreamOperatorTestHarness<Step, Pending> harness(Path folder) throws Exception {
        ArchiveOptions options = new ArchiveOptions(
                folder.toUri().toString(),
                "test",
                "audit-logs",
                FILE_SIZE,
                1 << 20,
                1_000,
                "",
                "audit-digests",
                false,
                SHORT);
        OneInputStreamOperatorTestHarness<Step, Pending> harness =
                new OneInputStreamOperatorTestHarness<>(new WriteFiles(options));
        harness.setup(PendingTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        harness.open();
        return harness;
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private void add(LocalDate day, int bytes) throws Exception {
        Content content = new Content(null, new byte[1], new byte[bytes]);
        Entry entry = chain.entry(head.lastOffset() + 1, 5, content, Fields.none(Kind.MALFORMED), head.lastHash());
        head = head.then(entry);
        harness.processElement(new StreamRecord<>(Step.record(3, day, entry)));
    }

    private List<Pending> pending() {
        return harness.extractOutputValues();
    }

    private Pending.File file(int place) {
        return Objects.requireNonNull(pending().get(place).file());
    }

    @Test
    void aFileEndsAtItsSize() throws Exception {
        for (int i = 0; i < 10; i++) {
            add(MONDAY, 12_000);
        }

        assertThat(pending()).hasSize(2);
        assertThat(file(0).file().records()).isEqualTo(5);
        assertThat(file(1).file().firstOffset()).isEqualTo(5);
        assertThat(file(1).previousHash()).isEqualTo(file(0).file().lastHash());
    }

    @Test
    void aFileEndsBeforeACheckpointAndAtTheEnd() throws Exception {
        add(MONDAY, 10);
        assertThat(pending()).isEmpty();
        harness.prepareSnapshotPreBarrier(1);
        assertThat(pending()).hasSize(1);
        harness.prepareSnapshotPreBarrier(2);
        assertThat(pending()).as("there is nothing new").hasSize(1);
        add(MONDAY, 10);
        harness.endInput();
        harness.getOperator().finish();

        assertThat(file(1).file().firstOffset()).isEqualTo(1);
    }

    @Test
    void aFileEndsWithItsDay() throws Exception {
        add(MONDAY, 10);
        harness.processElement(new StreamRecord<>(Step.endOf(3, MONDAY)));
        add(MONDAY.plusDays(1), 10);
        harness.processElement(new StreamRecord<>(Step.endOf(3, MONDAY.plusDays(1))));

        assertThat(pending())
                .extracting(Pending::day)
                .containsExactly(MONDAY, MONDAY, MONDAY.plusDays(1), MONDAY.plusDays(1));
        assertThat(pending()).extracting(next -> next.file() == null).containsExactly(false, true, false, true);
    }

    @Test
    void aFileIsSeenOncePublished() throws Exception {
        add(MONDAY, 10);
        harness.prepareSnapshotPreBarrier(1);
        LocalFolder folder = new LocalFolder(root);
        String name = file(0).file().name();
        assertThat(folder.has(name)).isFalse();

        PendingFiles files = PendingFiles.of(root.toUri().toString());
        files.publish(file(0).file(), file(0).upload());
        files.publish(file(0).file(), file(0).upload());

        byte[] bytes = folder.read(name, 1 << 20);
        assertThat(Sha256.of(bytes)).isEqualTo(file(0).file().sha256());
        assertThat(folder.list("audit")).containsExactly(name);
        folder.remove(name);
        assertThatThrownBy(() -> files.publish(file(0).file(), file(0).upload()))
                .isInstanceOf(PendingFileGone.class)
                .hasMessageContaining("is gone")
                .hasMessageContaining("without a savepoint");
    }

    @Test
    void failsWhenTheArchiveIsAwayForTooLong() throws Exception {
        harness.close();
        Path notAFolder = root.resolve("file");
        Files.writeString(notAFolder, "in the way");
        harness = harness(notAFolder);
        add(MONDAY, 10);

        assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the archive has taken no write");
        // a harness that is closed lets its operator finish; this one's task is over
        harness = harness(root);
    }

    @Test
    void waitsForTheArchive() throws Exception {
        harness.close();
        Path later = root.resolve("later");
        Files.writeString(later, "in the way");
        harness = harness(later);
        add(MONDAY, 10);
        Files.delete(later);

        harness.prepareSnapshotPreBarrier(1);
        assertThat(pending()).hasSize(1);
    }
}

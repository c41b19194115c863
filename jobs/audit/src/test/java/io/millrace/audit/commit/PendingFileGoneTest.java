package io.millrace.audit.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import io.millrace.audit.TestKeys;
import io.millrace.audit.folder.PendingFileGone;
import io.millrace.common.event.ConsumedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that a checkpoint counts on, and that is gone before it got its name: the job ends, and nothing is lost. */
class PendingFileGoneTest {

    private static final long MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final int PARTITIONS = 2;
    private static final int RECORDS = 30;
    private static final int COMMITTED = 10;
    private static final int COVERED = 20;

    @TempDir
    Path root;

    private final TestKeys keys = TestKeys.make();
    private ArchiveRun.Place place;

    /** Of a checkpoint that was complete. */
    private ArchiveRun.State first;

    /** Of one after which the job died: its files wait for their names. */
    private ArchiveRun.State last;

    private ArchiveRun.Place place(String name) {
        return new ArchiveRun.Place(root.resolve(name), root.resolve(name + "-witness"), keys, 20_000, PARTITIONS);
    }

    private static List<ConsumedRecord> records() {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> new ConsumedRecord(
                        ArchiveRun.TOPIC,
                        i % PARTITIONS,
                        i / PARTITIONS,
                        MIDNIGHT + i * 60_000L,
                        null,
                        "{\"eventType\":\"READ\",\"userId\":\"user-%d\"}"
                                .formatted(i % 7)
                                .getBytes(StandardCharsets.UTF_8),
                        List.of()))
                .toList();
    }

    private static void read(ArchiveRun run, int from, int to) throws Exception {
        for (ConsumedRecord record : records().subList(from, to)) {
            run.read(record);
        }
    }

    private static void readAndSeal(ArchiveRun run, int from) throws Exception {
        read(run, from, RECORDS);
        run.run(PARTITIONS, MIDNIGHT + Duration.ofHours(23).toMillis(), 190);
        run.checkpoint(9, RECORDS);
        run.complete(9);
    }

    @BeforeEach
    void dieBetweenACheckpointAndItsCommit() throws Exception {
        place = place("archive");
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            read(run, 0, COMMITTED);
            first = run.checkpoint(1, COMMITTED);
            run.complete(1);
            read(run, COMMITTED, COVERED);
            last = run.checkpoint(2, COVERED);
        }
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.walk(place.archive())) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private void removeHidden() throws IOException {
        List<Path> hidden = hidden();
        assertThat(hidden).as("the control: there is one of each partition").hasSize(PARTITIONS);
        for (Path file : hidden) {
            Files.delete(file);
        }
    }

    private void expectEndForGood() throws IOException {
        List<String> before = place.visible();
        assertThatThrownBy(() -> new ArchiveRun(place, last))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(PendingFileGone.class)
                .hasMessageContaining("the pending file of audit/dt=2026-03-02/0-5-9.parquet")
                .hasMessageContaining("start it without a savepoint")
                .hasMessageContaining("docs/audit.md, \"When a pending file is gone\"");
        assertThat(place.visible()).isEqualTo(before);
        assertThat(new LocalFolder(place.archive()).list(""))
                .as("what showed that the folder can be written")
                .noneMatch(name -> name.startsWith("_"));
    }

    @Test
    void endsTheJobForGoodAndSaysHowToGoOn() throws IOException {
        removeHidden();

        expectEndForGood();
    }

    private List<Head> heads(ArchiveRun.Place of) throws IOException {
        List<Head> heads = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            heads.add(of.heads().read(partition));
        }
        return heads;
    }

    /** The remedies: no savepoint at all, or one from before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasGoneIsReadAgain(boolean fromAnOlderState) throws Exception {
        ArchiveRun.Place undisturbed = place("undisturbed");
        try (ArchiveRun run = new ArchiveRun(undisturbed, null)) {
            readAndSeal(run, 0);
        }
        removeHidden();

        ArchiveRun.State state = fromAnOlderState ? first : null;
        try (ArchiveRun run = new ArchiveRun(place, state)) {
            readAndSeal(run, state == null ? 0 : state.read());
        }

        assertThat(heads(place)).as("the same hashes").isEqualTo(heads(undisturbed));
        expectVerified();
    }

    private void expectVerified() throws IOException {
        VerifyOptions options = new VerifyOptions(ArchiveRun.NAME, null, null, new LocalFolder(place.witness()));
        Report report = Verifier.verify(new LocalFolder(place.archive()), keys.publicKeys(), options);
        assertThat(report.findings()).isEmpty();
        assertThat(report.sealed()).isEqualTo(RECORDS);
    }

    /** A disk that lost the end of a file, or somebody who changed it. */
    @Test
    void aFileThatIsShorterThanItWasIsNotTaken() throws Exception {
        for (Path file : hidden()) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        }
        assertThatThrownBy(() -> new ArchiveRun(place, last))
                .isInstanceOf(SuppressRestartsException.class)
                .hasCauseInstanceOf(PendingFileGone.class);

        try (ArchiveRun run = new ArchiveRun(place, null)) {
            readAndSeal(run, 0);
        }
        assertThat(place.heads().read(0).lastOffset()).isEqualTo(RECORDS / PARTITIONS - 1);
        expectVerified();
    }

    /** The same state is taken once the folder is back. */
    @Test
    void aFolderThatTakesNoFilesIsAnOutageAndNotALoss() throws Exception {
        ArchiveRun.Place other = place("other");
        ArchiveRun.State state;
        try (ArchiveRun run = new ArchiveRun(other, null)) {
            read(run, 0, COMMITTED);
            state = run.checkpoint(1, COMMITTED);
        }
        Path aside = root.resolve("aside");
        Files.move(other.archive(), aside);
        Files.writeString(other.archive(), "in the place of the mount");

        assertThatThrownBy(() -> new ArchiveRun(other, state)).isInstanceOf(IOException.class);

        Files.delete(other.archive());
        Files.move(aside, other.archive());
        try (ArchiveRun run = new ArchiveRun(other, state)) {
            assertThat(other.visible()).hasSize(PARTITIONS);
        }
    }
}

package io.millrace.audit.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import io.millrace.audit.TestKeys;
import io.millrace.audit.folder.PendingFileGone;
import io.millrace.audit.folder.SmallStore;
import io.millrace.common.event.ConsumedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is full is waited for, over restarts; one that lost a file is not: to who asks it, both look the same. */
class FullStoreTest {

    private static final long MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final int RECORDS = 20;

    @TempDir
    Path root;

    private final TestKeys keys = TestKeys.make();
    private Path full;
    private ArchiveRun.Place place;

    /** Of a checkpoint after which the job died: its file waits for its name. */
    private ArchiveRun.State covered;

    @BeforeEach
    void dieBetweenACheckpointAndItsCommit() throws Exception {
        full = root.resolve("full");
        Path archive = root.resolve("archive");
        place = new ArchiveRun.Place(
                archive, root.resolve("witness"), keys, 1 << 20, 1, SmallStore.address(archive, full));
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            read(run, 0, RECORDS / 2);
            run.checkpoint(1, RECORDS / 2);
            run.complete(1);
            read(run, RECORDS / 2, RECORDS);
            covered = run.checkpoint(2, RECORDS);
        }
    }

    private static void read(ArchiveRun run, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            run.read(new ConsumedRecord(
                    ArchiveRun.TOPIC,
                    0,
                    i,
                    MIDNIGHT + i,
                    null,
                    "{\"eventType\":\"READ\"}".getBytes(StandardCharsets.UTF_8),
                    List.of()));
        }
    }

    private void removePending() throws IOException {
        try (Stream<Path> files = Files.walk(place.archive())) {
            List<Path> hidden = files.filter(
                            file -> file.getFileName().toString().contains(".inprogress."))
                    .toList();
            assertThat(hidden).as("the control: it is there").hasSize(1);
            Files.delete(hidden.get(0));
        }
    }

    private void expectOutage() {
        assertThatThrownBy(() -> new ArchiveRun(place, covered))
                .as("it restarts, and tries again")
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no space left");
    }

    private void expectEndForGood() {
        assertThatThrownBy(() -> new ArchiveRun(place, covered))
                .isInstanceOf(SuppressRestartsException.class)
                .hasCauseInstanceOf(PendingFileGone.class);
    }

    private void expectAllArchived() throws Exception {
        new ArchiveRun(place, covered).close();
        Report report = Verifier.verify(
                new LocalFolder(place.archive()),
                keys.publicKeys(),
                new VerifyOptions(ArchiveRun.NAME, null, null, new LocalFolder(place.witness())));
        assertThat(report.findings()).isEmpty();
        assertThat(report.sealed() + report.chained()).isEqualTo(RECORDS);
        assertThat(place.visible()).hasSize(2);
    }

    @Test
    void aFullStoreIsWaitedForUntilItHasRoom() throws Exception {
        Files.createFile(full);

        expectOutage();
        expectOutage();

        Files.delete(full);
        expectAllArchived();
    }

    @Test
    void aStoreThatLostTheFileEndsTheJob() throws IOException {
        removePending();

        expectEndForGood();
    }

    /** What is lost is told once the store can tell. */
    @Test
    void aStoreThatIsFullAndLostTheFileIsWaitedForFirst() throws IOException {
        removePending();
        Files.createFile(full);

        expectOutage();

        Files.delete(full);
        expectEndForGood();
    }

    /** Patience ends, and room comes before it was looked whether there is any: the file is there all the same. */
    @Test
    void roomThatComesLateIsNoLoss() throws Exception {
        Files.writeString(full, SmallStore.UNTIL_PROBED);

        expectAllArchived();

        assertThat(full).as("the control: it was full").doesNotExist();
    }

    /** Also while a file is written: it is written anew, and nobody sees the one before. */
    @Test
    void nothingOfAFileIsSeenThatTheStoreDidNotTake() throws Exception {
        List<String> before = place.visible();
        Files.createFile(full);
        // a task whose checkpoint failed dies: it is not brought to its end
        ArchiveRun dead = new ArchiveRun(place, null);
        read(dead, 0, RECORDS);
        assertThatThrownBy(() -> dead.checkpoint(3, RECORDS)).isInstanceOf(IOException.class);
        assertThat(place.visible()).isEqualTo(before);

        Files.delete(full);
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            read(run, 0, RECORDS);
            covered = run.checkpoint(3, RECORDS);
            run.complete(3);
        }
        expectAllArchived();
    }
}

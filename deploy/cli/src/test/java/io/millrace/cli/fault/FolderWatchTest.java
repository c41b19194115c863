package io.millrace.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.LocalFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

    /** Its footer has three bytes. */
    private static final String WHOLE = "PAR1 pages end\3\0\0\0PAR1";

    @TempDir
    Path archive;

    private Path day;
    private FolderWatch watch;

    @BeforeEach
    void open() throws Exception {
        watch = new FolderWatch(new LocalFolder(archive));
        watch.look();
        day = Files.createDirectories(archive.resolve("audit").resolve("dt=2026-03-02"));
    }

    private void write(String name, String text) throws Exception {
        Files.write(day.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatIsMovedToItsNameIsWhole() throws Exception {
        write(".0-1-2.parquet", "PAR1 pag");
        watch.look();
        write(".0-1-2.parquet", WHOLE);
        Files.move(day.resolve(".0-1-2.parquet"), day.resolve("0-1-2.parquet"), StandardCopyOption.ATOMIC_MOVE);
        watch.look();

        assertThat(watch.result().line()).isEqualTo("OK audit.folder rows=1 differ=0");
    }

    @Test
    void whatIsWrittenUnderItsNameIsSeenInPart() throws Exception {
        write("0-1-2.parquet", "PAR1 pag");
        watch.look();

        assertThat(watch.result().report())
                .startsWith("FAILED audit.folder rows=1")
                .contains("0-1-2.parquet", "8 bytes");
    }

    @Test
    void aFileThatChangesIsFound() throws Exception {
        write("0-1-2.parquet", WHOLE);
        watch.look();
        write("0-1-2.parquet", WHOLE.replace("pages", "other"));

        assertThat(watch.result().report()).contains("0-1-2.parquet SHA-256");
    }

    @Test
    void aFileThatWasJoinedWithOthersMayGo() throws Exception {
        write("0-1-2.parquet", WHOLE);
        watch.look();
        Files.delete(day.resolve("0-1-2.parquet"));

        assertThat(watch.result().isOk()).isTrue();
    }

    @Test
    void whoDoesNotAnswerForAWhileIsAskedAgain() throws Exception {
        StoreThatIsAway store = new StoreThatIsAway(new LocalFolder(archive));
        FolderWatch patient = new FolderWatch(store);
        write("0-1-2.parquet", WHOLE);
        patient.look();
        store.isAway = false;
        patient.look();
        write("0-1-2.parquet", WHOLE.replace("pages", "other"));

        assertThat(patient.result().report()).contains("0-1-2.parquet SHA-256");
    }

    /** As a store that was killed answers nobody. */
    private static final class StoreThatIsAway implements ArchiveFolder {

        private final ArchiveFolder files;
        private boolean isAway = true;

        StoreThatIsAway(ArchiveFolder files) {
            this.files = files;
        }

        @Override
        public List<String> list(String folder) throws IOException {
            requireAnswer();
            return files.list(folder);
        }

        @Override
        public boolean has(String name) throws IOException {
            requireAnswer();
            return files.has(name);
        }

        @Override
        public ArchiveFile open(String name) throws IOException {
            requireAnswer();
            return files.open(name);
        }

        private void requireAnswer() throws IOException {
            if (isAway) {
                throw new IOException("it does not answer");
            }
        }
    }
}

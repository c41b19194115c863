package io.millrace.audit.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.failure.Backoff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an archive ends, as far as its manifests can be believed. */
class ArchiveEndsTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final Problems problems = new Problems();

    @TempDir
    private Path root;

    private Map<Integer, Long> ends(List<Integer> partitions) {
        ArchiveOptions options = new ArchiveOptions(
                root.toUri().toString(), "test", "audit-logs", 1, 1, 4, "", "audit-digests", false, Backoff.defaults());
        return new ArchiveEnds(Duration.ofSeconds(30), problems).read("archive.address", options, partitions);
    }

    private void list(String archive, int partition, long last) throws IOException {
        ChainId chain = new ChainId(archive, "audit-logs", partition);
        SealedFile file = new SealedFile(
                new FileName(MONDAY, partition, 0, last).text(), 0, last, last + 1, 100, Hash.ZERO, Hash.ZERO);
        write(
                Manifest.name(partition),
                Manifest.empty(chain).extend(file, new Chain(chain).genesis()).toBytes());
    }

    private void write(String name, byte[] bytes) throws IOException {
        new LocalFolder(root).replace(name, bytes);
    }

    @Test
    void aPartitionOfWhichNothingIsArchivedEndsBeforeItsFirstRecord() {
        assertThat(ends(List.of(0, 1))).isEqualTo(Map.of(0, -1L, 1, -1L));
        assertThat(problems.found()).isEmpty();
    }

    @Test
    void partitionsThatTheArchiveAloneKnowsAreReadToo() throws IOException {
        list("test", 0, 41);
        list("test", 7, 9);

        assertThat(ends(List.of(0, 1))).isEqualTo(Map.of(0, 41L, 1, -1L, 7, 9L));
        assertThat(problems.found()).isEmpty();
    }

    /** The others are read all the same: everything that is wrong is told at once. */
    @Test
    void aManifestThatWasLostIsToldAndLeftOut() throws IOException {
        list("test", 0, 41);
        write(Digest.name(MONDAY, 1), new byte[] {1});
        write(Digest.name(MONDAY.plusDays(1), 1), new byte[] {1});

        assertThat(ends(List.of(0, 1))).isEqualTo(Map.of(0, 41L));
        assertThat(problems.found())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("`archive.address` cannot be added to: manifests/1.json knows of no sealed day")
                .contains("digests/dt=2026-03-03/1.json is there", "`millrace audit rebuild`");
    }

    @Test
    void aManifestThatIsNoneOrAnotherArchivesIsTold() throws IOException {
        write(Manifest.name(0), "{}".getBytes(StandardCharsets.UTF_8));
        ends(List.of(0));
        list("other", 0, 5);
        ends(List.of(0));

        assertThat(problems.found())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        none -> assertThat(none).contains("has manifests that cannot be read", "it has the fields"),
                        other -> assertThat(other)
                                .contains("is of the archive 'other'", "each archive needs a folder of its own"));
    }

    @Test
    void whatIsNoManifestsNameIsNobodysPartition() throws IOException {
        list("test", 0, 41);
        write("manifests/00001.json.bak", new byte[] {1});
        write("manifests/.0.json.inprogress", new byte[] {1});
        write("manifests/12345678901.json", new byte[] {1});

        assertThat(ends(List.of())).isEqualTo(Map.of(0, 41L));
    }
}

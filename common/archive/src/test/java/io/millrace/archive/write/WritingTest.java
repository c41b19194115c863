package io.millrace.archive.write;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.SampleEntries;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits, compactions and seals, one by one. */
class WritingTest {

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private final SampleEntries entries = new SampleEntries(SampleArchive.chain(0), 1);
    private StepwiseWriter writer;
    private SampleArchive archive;
    private Manifests manifests;

    @BeforeEach
    void open() {
        writer = new StepwiseWriter(root, elsewhere);
        archive = writer.archive();
        manifests = writer.manifests();
    }

    private Committer.Outcome commit(List<Entry> rows) throws IOException {
        return writer.commit(MONDAY, rows);
    }

    @Test
    void aFileIsPublishedOnceAndListed() throws IOException {
        List<Entry> rows = entries.next(MONDAY, 3);

        assertThat(commit(rows)).isEqualTo(Committer.Outcome.ADDED);
        assertThat(commit(rows)).isEqualTo(Committer.Outcome.KNOWN);
        assertThat(commit(rows.subList(1, 3))).isEqualTo(Committer.Outcome.KNOWN);
        assertThat(writer.published()).hasSize(1);
        assertThat(manifests.read(0).files()).hasSize(1);
    }

    @Test
    void aFileThatDoesNotFollowIsNotPublished() throws IOException {
        commit(entries.next(MONDAY, 3));
        entries.next(MONDAY, 1);

        assertThatThrownBy(() -> commit(entries.next(MONDAY, 3))).isInstanceOf(ManifestConflict.class);
        assertThat(writer.published()).hasSize(1);
    }

    @Test
    void anOrphanIsRemovedBeforeOtherFilesOfTheSameRecords() throws IOException {
        commit(entries.next(MONDAY, 3));
        List<Entry> rows = entries.next(MONDAY, 6);
        SealedFile orphan = archive.write(0, MONDAY, rows);
        SealedFile foreign = archive.write("audit/dt=2026-03-02/1-900-901.parquet", 1, rows);

        writer.restart();
        commit(rows.subList(0, 4));

        assertThat(archive.folder().has(orphan.name())).isFalse();
        assertThat(archive.folder().has(foreign.name()))
                .as("of another partition")
                .isTrue();
    }

    @Test
    void aFolderOfAnotherArchiveIsRefused() {
        archive.put(
                Manifest.name(0),
                Manifest.empty(new ChainId("other", "audit-logs", 0)).toBytes());

        assertThatThrownBy(() -> commit(entries.next(MONDAY, 3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'other'")
                .hasMessageContaining("a folder of its own");
    }

    @Test
    void aSealedDayIsOneFileAndVerifies() throws IOException {
        List<Entry> all = new ArrayList<>();
        for (int file = 0; file < 5; file++) {
            List<Entry> rows = entries.next(MONDAY, 3);
            all.addAll(rows);
            commit(rows);
        }

        SignedDigest sealed = writer.sealer("2026-03-03T01:00:00Z").seal(0, MONDAY, 1);

        assertThat(archive.files(0, MONDAY)).hasSize(1);
        assertThat(archive.read(archive.files(0, MONDAY).get(0)))
                .usingRecursiveComparison()
                .isEqualTo(all);
        assertThat(sealed.digest().segment().records()).isEqualTo(15);
        assertThat(manifests.read(0).files()).isEmpty();
        assertThat(Verifier.verify(archive.folder(), writer.keys().publicKeys(), VerifyOptions.EVERYTHING)
                        .findings())
                .isEmpty();
    }

    @Test
    void filesThatAreLargeEnoughStayAsTheyAre() throws IOException {
        commit(entries.next(MONDAY, 3));
        commit(entries.next(MONDAY, 3));
        Manifest before = manifests.read(0);

        new Compactor(manifests, 1).compact(before, MONDAY);

        assertThat(manifests.read(0)).isEqualTo(before);
        assertThat(archive.files(0, MONDAY)).hasSize(2);
    }

    @Test
    void aDigestThatIsThereIsTaken() throws IOException {
        commit(entries.next(MONDAY, 3));
        byte[] before = archive.bytes(Manifest.name(0));
        SignedDigest first = writer.sealer("2026-03-03T01:00:00Z").seal(0, MONDAY, 1);
        archive.put(Manifest.name(0), before);

        SignedDigest again = writer.sealer("2026-03-04T09:30:00Z").seal(0, MONDAY, 1);

        assertThat(again.toBytes()).isEqualTo(first.toBytes());
        assertThat(archive.bytes(Digest.name(MONDAY, 0))).isEqualTo(first.toBytes());
        assertThat(manifests.read(0).isSealed(MONDAY)).isTrue();
    }

    @Test
    void aDayThatIsNotNextIsNotSealed() throws IOException {
        commit(entries.next(MONDAY, 3));
        Sealer sealer = writer.sealer("2026-03-09T01:00:00Z");

        assertThatThrownBy(() -> sealer.seal(0, MONDAY.plusDays(1), 1))
                .isInstanceOf(ManifestConflict.class)
                .hasMessageContaining("2026-03-02 is the next");
        sealer.seal(0, MONDAY, 1);
        assertThat(sealer.seal(0, MONDAY.plusDays(1), 1).digest().segment().records())
                .isZero();
        assertThatThrownBy(() -> commit(entries.next(MONDAY, 1))).isInstanceOf(ManifestConflict.class);
    }
}

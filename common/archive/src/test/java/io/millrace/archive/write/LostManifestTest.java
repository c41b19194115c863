package io.millrace.archive.write;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.SampleEntries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that is lost, or an older copy of it, costs no sealed file. */
class LostManifestTest {

    private static final LocalDate TUESDAY = MONDAY.plusDays(1);

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private final SampleEntries entries = new SampleEntries(SampleArchive.chain(0), 1);
    private StepwiseWriter writer;
    private SampleArchive archive;

    @BeforeEach
    void open() {
        writer = new StepwiseWriter(root, elsewhere);
        archive = writer.archive();
    }

    private Sealer sealer() {
        return writer.sealer("2026-03-09T00:00:00Z");
    }

    /** Commits records and seals their day; returns the manifest as it is then. */
    private byte[] day(LocalDate day, List<Entry> rows) throws IOException {
        writer.commit(day, rows);
        sealer().seal(0, day, 1);
        return archive.bytes(Manifest.name(0));
    }

    private Manifest rebuilt(int partition) throws IOException {
        return RebuiltManifest.of(
                archive.folder(), SampleArchive.chain(partition), writer.keys().publicKeys());
    }

    private List<String> files() throws IOException {
        return archive.folder().list("audit");
    }

    @Test
    void withoutItNothingIsAddedAndNothingRemoved() throws IOException {
        List<Entry> first = entries.next(MONDAY, 4);
        day(MONDAY, first);
        day(TUESDAY, entries.next(TUESDAY, 3));
        List<String> before = files();
        archive.folder().remove(Manifest.name(0));
        writer.restart();

        assertThatThrownBy(() -> sealer().seal(0, MONDAY.minusDays(1), 1)).isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> sealer().seal(0, MONDAY, 1)).isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> writer.commit(MONDAY, first.subList(0, 2)))
                .isInstanceOf(ManifestConflict.class)
                .hasMessageContaining("manifests/0.json knows of no sealed day, and " + Digest.name(TUESDAY, 0))
                .hasMessageContaining("When a manifest is lost");
        assertThat(files()).isEqualTo(before).hasSize(2);
        assertThat(archive.folder().has(Manifest.name(0))).isFalse();
    }

    @Test
    void anOlderCopyIsRefusedAlsoOfTheDayBefore() throws IOException {
        byte[] monday = day(MONDAY, entries.next(MONDAY, 4));
        List<Entry> next = entries.next(TUESDAY, 3);
        byte[] tuesday = day(TUESDAY, next);
        List<String> before = files();
        archive.put(Manifest.name(0), monday);
        writer.restart();

        assertThatThrownBy(() -> writer.commit(TUESDAY, next.subList(0, 2)))
                .isInstanceOf(ManifestConflict.class)
                .hasMessageContaining("ends at 2026-03-02, and " + Digest.name(TUESDAY, 0));
        assertThat(files()).isEqualTo(before);
        archive.put(Manifest.name(0), tuesday);
        writer.commit(TUESDAY.plusDays(1), entries.next(TUESDAY.plusDays(1), 2));
        assertThat(files()).as("the control: the newest copy").hasSize(3);
    }

    @Test
    void aFileThatADigestNamesStaysAlsoWhereDigestsOfTheDaysBeforeAreGone() throws IOException {
        byte[] monday = day(MONDAY, entries.next(MONDAY, 4));
        List<Entry> next = entries.next(TUESDAY, 3);
        day(TUESDAY, next);
        day(TUESDAY.plusDays(1), entries.next(TUESDAY.plusDays(1), 3));
        day(TUESDAY.plusDays(2), entries.next(TUESDAY.plusDays(2), 3));
        archive.folder().remove(Digest.name(TUESDAY, 0));
        archive.folder().remove(Digest.name(TUESDAY.plusDays(1), 0));
        List<String> before = files();
        archive.put(Manifest.name(0), monday);
        writer.restart();

        assertThatThrownBy(() -> writer.commit(TUESDAY, next.subList(0, 2)))
                .isInstanceOf(ManifestConflict.class)
                .hasMessageContaining("is sealed by " + Digest.name(TUESDAY.plusDays(2), 0));
        assertThat(files()).isEqualTo(before).hasSize(4);
    }

    @Test
    void itIsRebuiltWithTheFilesThatFollowAndNoOrphan() throws IOException {
        day(MONDAY, entries.next(MONDAY, 4));
        writer.commit(TUESDAY, entries.next(TUESDAY, 3));
        List<Entry> rest = entries.next(TUESDAY, 3);
        writer.commit(TUESDAY, rest);
        byte[] wanted = archive.bytes(Manifest.name(0));
        archive.write(0, TUESDAY, rest.subList(1, 3));
        archive.folder().remove(Manifest.name(0));

        Manifest rebuilt = rebuilt(0);

        assertThat(rebuilt.toBytes()).isEqualTo(wanted);
        assertThat(rebuilt(1)).isEqualTo(Manifest.empty(SampleArchive.chain(1)));
    }

    @Test
    void itIsNotRebuiltOfDigestsWithAHole() throws IOException {
        for (int day = 0; day < 3; day++) {
            day(MONDAY.plusDays(day), entries.next(MONDAY.plusDays(day), 2));
        }
        archive.folder().remove(Digest.name(TUESDAY, 0));

        assertThatThrownBy(() -> rebuilt(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Digest.name(MONDAY.plusDays(2), 0) + " does not follow");
    }

    @Test
    void theDigestOfACrashIsNoSignOfIt() throws IOException {
        day(MONDAY, entries.next(MONDAY, 4));
        writer.commit(TUESDAY, entries.next(TUESDAY, 3));
        byte[] before = archive.bytes(Manifest.name(0));
        sealer().seal(0, TUESDAY, 1);
        archive.put(Manifest.name(0), before);

        assertThat(writer.manifests().readCurrent(0)).isEqualTo(Manifest.of(before));
        assertThat(sealer().seal(0, TUESDAY, 1).toBytes()).isEqualTo(archive.bytes(Digest.name(TUESDAY, 0)));
    }
}

package io.millrace.audit.watch;

import static io.millrace.audit.watch.SmallArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of an archive, by a clock that is set by hand. */
class WatchReaderTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final String FILE = "audit/dt=2026-03-02/0-0-2.parquet";
    private static final String LAST_DIGEST = "digests/dt=2026-03-03/1.json";

    @TempDir
    Path root;

    private SmallArchive archive;
    private WatchRun run;

    @BeforeEach
    void sealTwoDays() throws IOException {
        archive = new SmallArchive(root.resolve("archive"));
        archive.day(MONDAY);
        archive.day(MONDAY.plusDays(1));
        run = new WatchRun(archive);
    }

    @Test
    void provesDayAfterDayOfAnArchiveThatIsLeftAlone() throws IOException {
        assertThat(run.look()).isEmpty();
        assertThat(run.watched().daysProven()).isEqualTo(4);
        archive.day(MONDAY.plusDays(2));
        archive.add(0, MONDAY.plusDays(3));

        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.watched().daysProven()).isEqualTo(6);
        assertThat(run.after(DAY).look()).isEmpty();
    }

    @Test
    void readsWhatWasProvenNotBeforeItIsTime() throws IOException {
        run.look();
        archive.flip(FILE);

        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.after(DAY).look()).containsExactly("file " + FILE);
    }

    @Test
    void findsWhatIsWrongInADayThatWasSealedSince() throws IOException {
        run.look();
        archive.day(MONDAY.plusDays(2));
        archive.flip("audit/dt=2026-03-04/0-6-8.parquet");

        assertThat(run.after(HOUR).look()).containsExactly("file audit/dt=2026-03-04/0-6-8.parquet");
        assertThat(run.watched().daysProven()).as("of partition 1").isEqualTo(2 + 3);
        assertThat(run.watched().told()).isEqualTo(1);
    }

    @Test
    void tellsTheSameOnceAndAgainOnlyAfterItWasGone() throws IOException {
        run.look();
        byte[] whole = archive.read(FILE);
        archive.flip(FILE);
        assertThat(run.after(DAY).look()).hasSize(1);
        assertThat(run.after(HOUR).look()).as("files of before are not read").isEmpty();
        assertThat(run.after(DAY).look()).isEmpty();
        assertThat(run.watched().told()).isEqualTo(1);

        archive.write(FILE, whole);
        assertThat(run.after(DAY).look()).isEmpty();
        assertThat(run.watched().told()).isZero();

        archive.flip(FILE);
        assertThat(run.after(DAY).look()).containsExactly("file " + FILE);
    }

    @Test
    void knowsAfterARestartWhatWasTold() throws IOException {
        archive.flip(FILE);
        assertThat(run.look()).hasSize(1);

        run = new WatchRun(archive, run);
        assertThat(run.after(DAY).look()).isEmpty();
        assertThat(run.watched().told()).isEqualTo(1);
    }

    @Test
    void missesADigestThatWasProven() throws IOException {
        run.look();
        archive.remove(LAST_DIGEST);

        assertThat(run.after(HOUR).look())
                .containsExactlyInAnyOrder("digest " + LAST_DIGEST, "digest digests/dt=2026-03-02/1.json");
        assertThat(run.watched().daysProven()).as("what was proven").isEqualTo(4);
    }

    @Test
    void findsAnArchiveThatWasPutBackToAnOlderState() throws IOException {
        SmallArchive older = archive.copy(root.resolve("older"));
        archive.day(MONDAY.plusDays(2));
        run.look();
        run = new WatchRun(older, run);

        assertThat(run.after(HOUR).look())
                .as("which is whole in itself")
                .containsExactly("digest digests/dt=2026-03-04/0.json", "digest digests/dt=2026-03-04/1.json");
        assertThat(new WatchRun(older).look()).as("the control").isEmpty();
    }

    @Test
    void findsADayThatWasSignedAnew() throws IOException {
        SmallArchive other = archive.copy(root.resolve("other"));
        archive.day(MONDAY.plusDays(2));
        other.add(1, MONDAY.plusDays(2));
        other.day(MONDAY.plusDays(2));
        run.look();
        run = new WatchRun(other, run);

        assertThat(run.after(HOUR).look()).contains("digest digests/dt=2026-03-04/1.json");
    }

    @Test
    void tellsOfAStoreThatIsAwayNotBeforeItIsSure() throws IOException {
        run.look();
        run.store().isAway = true;

        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.watched().told()).isZero();
        assertThat(run.after(HOUR).look()).containsExactly("unverified " + archive.address());
        assertThat(run.after(HOUR).look()).isEmpty();

        run.store().isAway = false;
        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.watched().told()).isZero();
    }

    @Test
    void takesAStoreThatFailsInTheMidstForNoDamage() throws IOException {
        run.store().failsAt = FILE;

        assertThat(run.look()).isEmpty();
        assertThat(run.watched().daysProven()).as("nothing is proven").isZero();
        run.store().failsAt = "";
        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.watched().daysProven()).isEqualTo(4);
    }

    @Test
    void waitsForAFileThatNothingNamesYet() throws IOException {
        run.look();
        String unknown = "audit/dt=2026-03-02/0-1-2.parquet";
        archive.write(unknown, archive.read(FILE));

        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.after(HOUR).look()).containsExactly("unknown-file " + unknown);
    }

    @Test
    void waitsForTheFirstDigestOfEachPartition() throws IOException {
        SmallArchive begun = new SmallArchive(root.resolve("begun"));
        run = new WatchRun(begun);
        assertThat(run.look()).as("there is none at all").isEmpty();
        begun.add(0, MONDAY);
        begun.seal(0, MONDAY);
        assertThat(run.after(HOUR).look()).as("partition 1 has none").isEmpty();
        begun.seal(1, MONDAY);
        assertThat(run.after(HOUR).look()).isEmpty();
        assertThat(run.watched().wrong()).isEmpty();
    }

    /** Whatever is asked of it fails, or one file does. */
    static final class Store {

        private boolean isAway;
        private String failsAt = "";

        ArchiveFolder of(ArchiveFolder folder) {
            return new ArchiveFolder() {
                @Override
                public List<String> list(String name) throws IOException {
                    fail(isAway);
                    return folder.list(name);
                }

                @Override
                public boolean has(String name) throws IOException {
                    return folder.has(name);
                }

                @Override
                public ArchiveFile open(String name) throws IOException {
                    fail(name.equals(failsAt));
                    return folder.open(name);
                }
            };
        }

        private static void fail(boolean does) throws IOException {
            if (does) {
                throw new IOException("503 Slow Down");
            }
        }
    }
}

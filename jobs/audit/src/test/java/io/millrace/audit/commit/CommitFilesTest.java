package io.millrace.audit.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import io.millrace.audit.TestKeys;
import io.millrace.common.event.ConsumedRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operators leave in the archive, wherever they are killed and from wherever they are restored. */
class CommitFilesTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final long MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 120;

    @TempDir
    Path root;

    private final TestKeys keys = TestKeys.make();

    private ArchiveRun.Place place(String name) {
        return new ArchiveRun.Place(root.resolve(name), root.resolve(name + "-witness"), keys, 20_000, PARTITIONS);
    }

    /** Records of two partitions over three days, with holes in the offsets; the third partition has none. */
    private static List<ConsumedRecord> records() {
        List<ConsumedRecord> records = new ArrayList<>();
        Random random = new Random(7);
        long[] offsets = new long[PARTITIONS];
        for (int i = 0; i < RECORDS; i++) {
            int partition = i % 2;
            offsets[partition] += 1 + (random.nextInt(5) == 0 ? 2 : 0);
            String event = "{\"eventType\":\"READ\",\"userId\":\"user-%d\",\"metadata\":{\"ip\":\"10.0.0.%d\"}}"
                    .formatted(random.nextInt(9), random.nextInt(200));
            records.add(new ConsumedRecord(
                    ArchiveRun.TOPIC,
                    partition,
                    offsets[partition],
                    MIDNIGHT + i * 72L * HOUR / RECORDS,
                    null,
                    (i % 17 == 0 ? "no event" : event).getBytes(StandardCharsets.UTF_8),
                    List.of()));
        }
        return records;
    }

    private Report verify(ArchiveRun.Place place) throws IOException {
        return Verifier.verify(
                new LocalFolder(place.archive()),
                keys.publicKeys(),
                new VerifyOptions(ArchiveRun.NAME, null, null, new LocalFolder(place.witness())));
    }

    /** Reads everything, with a checkpoint every so often, and lets the last day end. */
    private List<ArchiveRun.State> archive(ArchiveRun run) throws Exception {
        List<ArchiveRun.State> states = new ArrayList<>();
        List<ConsumedRecord> records = records();
        for (int i = 0; i < records.size(); i++) {
            run.read(records.get(i));
            if (i % 25 == 24) {
                states.add(run.checkpoint(states.size() + 1, i + 1));
                run.complete(states.size());
            }
        }
        quiet(run);
        states.add(run.checkpoint(states.size() + 1, records.size()));
        run.complete(states.size());
        return states;
    }

    /** The last evening, and the next morning. */
    private static void quiet(ArchiveRun run) throws Exception {
        run.run(PARTITIONS, MIDNIGHT + 71 * HOUR, 190);
    }

    @Test
    void archivesEachRecordAndSealsEachDay() throws Exception {
        ArchiveRun.Place place = place("archive");
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            archive(run);

            Report report = verify(place);
            assertThat(report.findings()).isEmpty();
            assertThat(report.sealed()).isEqualTo(RECORDS);
            assertThat(report.sealedThrough())
                    .isEqualTo(Map.of(0, MONDAY.plusDays(2), 1, MONDAY.plusDays(2), 2, MONDAY.plusDays(2)));
            assertThat(run.digests)
                    .as("each digest goes to the topic as well")
                    .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrderElementsOf(new LocalFolder(place.archive()).list("digests"));
            assertThat(place.content().keySet())
                    .as("small files of a day are one")
                    .filteredOn(name -> name.startsWith("audit/"))
                    .hasSize(6);
        }
    }

    @Test
    void joinsTheSmallFilesOfADayThatIsNotSealed() throws Exception {
        ArchiveRun.Place place = place("archive");
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            for (int i = 0; i < 10; i += 2) {
                run.read(records().get(i));
                run.checkpoint(i + 1, i + 1);
                run.complete(i + 1);
            }

            assertThat(place.visible())
                    .as("four became one, and one came since")
                    .hasSize(2);
        }
    }

    @Test
    void showsNoFileBeforeItsCheckpointIsComplete() throws Exception {
        ArchiveRun.Place place = place("archive");
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            for (ConsumedRecord record : records().subList(0, 10)) {
                run.read(record);
            }
            run.checkpoint(1, 10);
            assertThat(place.visible()).isEmpty();
            run.complete(1);
            assertThat(place.visible()).hasSize(2);
        }
    }

    @Test
    void commitsAtItsStartWhatTheCheckpointCovered() throws Exception {
        ArchiveRun.Place place = place("archive");
        ArchiveRun.State state;
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            for (ConsumedRecord record : records().subList(0, 10)) {
                run.read(record);
            }
            state = run.checkpoint(1, 10);
        }
        assertThat(place.visible()).isEmpty();
        try (ArchiveRun run = new ArchiveRun(place, state)) {
            assertThat(place.visible()).hasSize(2);
        }
    }

    @Test
    void commitsNothingThatNoCheckpointCovered() throws Exception {
        ArchiveRun.Place place = place("archive");
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            run.checkpoint(1, 0);
            for (ConsumedRecord record : records()) {
                run.read(record);
            }
            run.complete(1);

            assertThat(place.visible()).isEmpty();
        }
    }

    /** A replay, from however old a savepoint, adds nothing and changes nothing. */
    @Test
    void replaysFromEachStateAddAndChangeNothing() throws Exception {
        ArchiveRun.Place place = place("archive");
        List<ArchiveRun.State> states;
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            states = archive(run);
        }
        Map<String, String> before = place.content();
        List<ArchiveRun.State> all = new ArrayList<>(states);
        all.add(null);
        for (ArchiveRun.State state : all) {
            try (ArchiveRun run = new ArchiveRun(place, state)) {
                replay(run, state == null ? 0 : state.read());
            }
            assertThat(place.content()).isEqualTo(before);
        }
    }

    private static void replay(ArchiveRun run, int from) throws Exception {
        for (ConsumedRecord record : records().subList(from, RECORDS)) {
            run.read(record);
        }
        quiet(run);
        run.checkpoint(100, RECORDS);
        run.complete(100);
    }

    /** The control: without a look at the archive, a replay would write what is there. */
    @Test
    void aReplayThatDoesNotLookAtTheArchiveIsRefused() throws Exception {
        ArchiveRun.Place place = place("archive");
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            for (ConsumedRecord record : records().subList(0, 10)) {
                run.read(record);
            }
            run.checkpoint(1, 10);
            run.complete(1);
        }
        try (ArchiveRun run = new ArchiveRun(place, partition -> new Head(-1, genesis(partition), null), null)) {
            for (ConsumedRecord record : records().subList(0, 20)) {
                run.read(record);
            }
            run.checkpoint(1, 20);
            assertThatThrownBy(() -> run.complete(1))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasCauseInstanceOf(ManifestConflict.class);
        }
    }

    private static Hash genesis(int partition) {
        return new Chain(new ChainId(ArchiveRun.NAME, ArchiveRun.TOPIC, partition)).genesis();
    }

    /** The same records, whatever happened on the way: only when a day was sealed differs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isKilledAnywhereAndLeavesTheSameRecords(long seed) throws Exception {
        ArchiveRun.Place undisturbed = place("undisturbed");
        try (ArchiveRun run = new ArchiveRun(undisturbed, null)) {
            archive(run);
        }
        ArchiveRun.Place killed = place("killed");

        int deaths = archiveUnderKills(killed, new Random(seed));

        assertThat(deaths).as("the control: it did die").isPositive();
        assertThat(verify(killed).findings()).isEmpty();
        assertThat(hashes(killed)).isEqualTo(hashes(undisturbed));
        assertThat(killed.content().keySet())
                .as("nothing that was never committed is left")
                .noneMatch(name -> name.contains("inprogress"));
    }

    private static int archiveUnderKills(ArchiveRun.Place place, Random random) throws Exception {
        ArchiveRun.State state = null;
        long checkpoint = 0;
        int deaths = 0;
        boolean done = false;
        while (!done) {
            try (ArchiveRun run = new ArchiveRun(place, state)) {
                int read = state == null ? 0 : state.read();
                int deadline = deaths < 10 ? random.nextInt(40) : RECORDS;
                List<ConsumedRecord> records = records();
                int until = Math.min(RECORDS, read + deadline);
                for (int i = read; i < until; i++) {
                    run.read(records.get(i));
                    if (random.nextInt(12) == 0) {
                        state = run.checkpoint(++checkpoint, i + 1);
                        if (random.nextInt(3) > 0) {
                            run.complete(checkpoint);
                        }
                    }
                }
                done = until == RECORDS;
                if (done) {
                    quiet(run);
                    run.checkpoint(++checkpoint, RECORDS);
                    run.complete(checkpoint);
                } else {
                    deaths++;
                }
            }
        }
        return deaths;
    }

    /** Returns the last hash of each sealed day: it stands for all records before. */
    private static Map<String, Hash> hashes(ArchiveRun.Place place) throws IOException {
        Map<String, Hash> hashes = new TreeMap<>();
        LocalFolder folder = new LocalFolder(place.archive());
        for (String name : folder.list("digests")) {
            Digest digest = SignedDigest.of(folder.read(name, 1 << 20)).digest();
            hashes.put(name, digest.segment().lastHash());
        }
        return hashes;
    }

    @Test
    void aWitnessThatHasAnotherDigestStopsTheJob() throws Exception {
        ArchiveRun.Place place = place("archive");
        try (ArchiveRun run = new ArchiveRun(place, null)) {
            new LocalFolder(place.witness()).replace(Digest.name(MONDAY, 0), new byte[] {1});

            assertThatThrownBy(() -> archive(run))
                    .isInstanceOf(SuppressRestartsException.class)
                    .cause()
                    .hasMessageContaining("the witness has another digest");
        }
    }
}

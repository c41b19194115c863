package io.millrace.archive.write;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.sample.FailingFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.SampleEntries;
import io.millrace.archive.sample.TestKeys;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A writer that dies again and again, in the middle of commits, compactions and seals, and goes on from its last
 * checkpoint or from any older one, leaves the archive that one leaves which never died.
 */
class ReplayPropertyTest {

    private static final Hash GENESIS = new Chain(SampleArchive.chain(0)).genesis();
    private static final ModelWriter.State BEGINNING = new ModelWriter.State(0, new Head(-1, GENESIS, null), List.of());

    @TempDir
    Path root;

    private final TestKeys keys = TestKeys.make();

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 20), new Random().longs(10));
    }

    private static List<Entry> source(long seed) {
        SampleEntries entries = new SampleEntries(SampleArchive.chain(0), seed);
        List<Entry> source = new ArrayList<>(entries.next(MONDAY, 80));
        source.addAll(entries.next(MONDAY.plusDays(1), 70));
        // a broker's clock goes back, and a day is quiet
        source.addAll(entries.next(MONDAY, 10));
        source.addAll(entries.next(MONDAY.plusDays(3), 60));
        return source;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyDeathsAndAnyReplaysLeaveTheSameRecords(long seed) throws IOException {
        List<Entry> source = source(seed);
        Random random = new Random(seed);
        Map<String, byte[]> digests = new HashMap<>();

        int deaths = run(source, random, digests);

        Report report = Verifier.verify(new LocalFolder(root), keys.publicKeys(), VerifyOptions.EVERYTHING);
        assertThat(report.findings()).isEmpty();
        assertThat(report.sealed() + report.chained()).isEqualTo(source.size());
        assertThat(records()).isEqualTo(source.stream().map(Entry::hash).toList());
        assertThat(report.sealedThrough()).containsEntry(0, MONDAY.plusDays(2));
        assertThat(deaths).as("the control: it did die").isPositive();
    }

    private int run(List<Entry> source, Random random, Map<String, byte[]> digests) throws IOException {
        FailingFolder folder = new FailingFolder(new LocalFolder(root));
        Manifests manifests = new Manifests(folder, SampleArchive.NAME, "audit-logs");
        Sealer sealer = new Sealer(
                manifests,
                new Compactor(manifests, 6_000),
                keys.signingKey(),
                () -> Instant.ofEpochSecond(random.nextInt()));
        List<ModelWriter.State> checkpoints = new ArrayList<>(List.of(BEGINNING));
        int deaths = 0;
        boolean done = false;
        while (!done) {
            boolean fromAnOlderOne = random.nextInt(4) == 0;
            int from = fromAnOlderOne ? random.nextInt(checkpoints.size()) : checkpoints.size() - 1;
            // whoever goes back gives up what came later
            checkpoints.subList(from + 1, checkpoints.size()).clear();
            // once there were enough deaths, the machine stays alive, and the job comes to its end
            folder.dieAfter(deaths < 12 ? random.nextInt(30) : Integer.MAX_VALUE);
            try {
                done = live(source, checkpoints.get(from), checkpoints, folder, manifests, sealer, random);
            } catch (IOException e) {
                assertThat(e).hasMessage("the machine is dead");
                deaths++;
            }
            folder.revive();
            expectDigestsUnchanged(digests);
        }
        return deaths;
    }

    private boolean live(
            List<Entry> source,
            ModelWriter.State from,
            List<ModelWriter.State> checkpoints,
            FailingFolder folder,
            Manifests manifests,
            Sealer sealer,
            Random random)
            throws IOException {
        ModelWriter writer = new ModelWriter(source, from, folder, manifests, sealer, random);
        while (!writer.isDone()) {
            ModelWriter.State state = writer.untilCheckpoint();
            checkpoints.add(state);
            writer.commit(state.pending());
        }
        return true;
    }

    /** What is sealed never changes. */
    private void expectDigestsUnchanged(Map<String, byte[]> digests) throws IOException {
        LocalFolder folder = new LocalFolder(root);
        for (String name : folder.list("digests")) {
            if (!name.contains("/.")) {
                byte[] now = folder.read(name, 1 << 20);
                byte[] before = digests.putIfAbsent(name, now);
                assertThat(before == null ? now : before).as(name).isEqualTo(now);
            }
        }
    }

    /** Returns the hashes of all records that a reader of the folder sees, in their order. */
    private List<Hash> records() throws IOException {
        LocalFolder folder = new LocalFolder(root);
        List<Entry> rows = new ArrayList<>();
        for (String name : folder.list(FileName.FOLDER)) {
            if (FileName.of(name).isPresent()) {
                try (var file = folder.open(name)) {
                    ArchiveFileReader.of(file).read(row -> rows.add(row.entry()));
                }
            }
        }
        return rows.stream()
                .sorted(Comparator.comparing(Entry::offset))
                .map(Entry::hash)
                .toList();
    }
}

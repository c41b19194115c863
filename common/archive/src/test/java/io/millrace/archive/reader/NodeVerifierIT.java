package io.millrace.archive.reader;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.reader.NodeVerifier.Verdict;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second verifier accepts and refuses the same archives as the first. */
class NodeVerifierIT {

    private static final LocalDate TUESDAY = MONDAY.plusDays(1);

    @TempDir
    Path folder;

    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;
    private Path root;
    private Path keyFile;

    /** A way to change the rows of a file. */
    private record Mutation(String name, UnaryOperator<List<Entry>> change) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mutation> mutations() {
        Chain chain = new Chain(SampleArchive.chain(0));
        Fields none = Fields.none(Kind.ERASED);
        return Stream.of(
                row(
                        "record changed",
                        row -> new Entry(
                                row.offset(),
                                row.timestamp() + 1,
                                row.content(),
                                row.fields(),
                                row.previousHash(),
                                row.hash(),
                                row.rowHash())),
                row(
                        "fields changed",
                        row -> new Entry(
                                row.offset(),
                                row.timestamp(),
                                row.content(),
                                none,
                                row.previousHash(),
                                row.hash(),
                                row.rowHash())),
                row(
                        "fields changed and hashed anew",
                        row -> chain.entry(row.offset(), row.timestamp(), row.content(), none, row.previousHash())),
                rows("dropped", rows -> rows.remove(1)),
                rows("duplicated", rows -> rows.add(1, rows.get(1))),
                rows("reordered", rows -> Collections.swap(rows, 1, 2)),
                rows("cut off", rows -> rows.remove(3)));
    }

    private static Mutation row(String name, UnaryOperator<Entry> change) {
        return rows(name, rows -> rows.set(2, change.apply(rows.get(2))));
    }

    private static Mutation rows(String name, Consumer<List<Entry>> change) {
        return new Mutation(name, rows -> {
            change.accept(rows);
            return rows;
        });
    }

    @BeforeAll
    static void install() throws Exception {
        NodeVerifier.install();
    }

    @BeforeEach
    void write() throws IOException {
        root = folder.resolve("archive");
        keyFile = folder.resolve("keys.pem");
        Files.writeString(keyFile, keys.publicPem());
        archive = SampleArchive.whole(root, keys.signingKey());
    }

    private String firstWrong() throws IOException {
        return Verifier.verify(archive.folder(), keys.publicKeys(), VerifyOptions.EVERYTHING)
                .findings()
                .get(0)
                .where();
    }

    private void expectRefused(String... named) throws Exception {
        Verdict verdict = NodeVerifier.verify(root, keyFile);

        assertThat(verdict.said()).startsWith("WRONG ").contains(firstWrong()).contains(named);
        assertThat(verdict.exitCode()).isEqualTo(1);
    }

    @Test
    void acceptsWhatIsWhole() throws Exception {
        Verdict verdict = NodeVerifier.verify(root, keyFile, "--to", "2026-03-04", "--witness", root.toString());

        assertThat(verdict.said()).isEqualTo("OK 35 records are sealed and proven; 4 more follow by the chain\n");
        assertThat(verdict.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void refusesChangedRecordsAndNamesTheSame(Mutation mutation) throws Exception {
        String name = archive.files(0, TUESDAY).get(0);
        archive.write(name, 0, mutation.change().apply(new ArrayList<>(archive.read(name))));
        Long offset = Verifier.verify(archive.folder(), keys.publicKeys(), VerifyOptions.EVERYTHING)
                .firstWrongRecord()
                .orElseThrow()
                .offset();

        expectRefused("record " + offset + ":");
    }

    @Test
    void refusesAnyByteOfAFile() throws Exception {
        String name = archive.files(0, TUESDAY).get(0);
        byte[] right = archive.bytes(name);
        for (int at = 0; at < right.length; at += right.length / 12) {
            byte[] wrong = right.clone();
            wrong[at] = (byte) (wrong[at] ^ 4);
            archive.put(name, wrong);

            expectRefused(name);
        }
        archive.put(name, Arrays.copyOf(right, right.length / 2));
        expectRefused(name);
    }

    @Test
    void refusesFilesThatAreMissingOrAdded() throws Exception {
        String name = archive.files(0, TUESDAY).get(0);
        byte[] bytes = archive.bytes(name);
        archive.remove(name);
        expectRefused("the file is missing");
        archive.put(name, bytes);
        archive.put("audit/dt=2026-03-03/0-2-3.parquet", bytes);
        expectRefused("no digest and no manifest names this file");
    }

    @Test
    void refusesDigestsThatAreMissingChangedOrSignedByAnother() throws Exception {
        String name = Digest.name(TUESDAY, 0);
        byte[] right = archive.bytes(name);
        archive.remove(name);
        expectRefused("digests before it are missing");
        byte[] wrong = right.clone();
        wrong[40] = (byte) (wrong[40] ^ 1);
        archive.put(name, wrong);
        expectRefused(name);
        archive.put(name, Arrays.copyOf(right, right.length / 2));
        expectRefused(name);
        archive.put(name, archive.bytes(Digest.name(TUESDAY.minusDays(1), 0)));
        expectRefused("it is the digest of another day");
        SampleArchive foreign =
                SampleArchive.whole(folder.resolve("foreign"), TestKeys.make().signingKey());
        archive.put(name, foreign.bytes(name));
        expectRefused("its key is none of those that were given");
        archive.put(name, right);
        archive.remove(Digest.name(TUESDAY.plusDays(1), 0));
        expectRefused("the manifest knows a digest that is not here");
    }

    @Test
    void refusesAnOlderArchiveByTheDayAndByTheWitness() throws Exception {
        Path witness = folder.resolve("witness");
        SampleArchive newer = SampleArchive.whole(witness, keys.signingKey());
        newer.seal(0, TUESDAY.plusDays(2), keys.signingKey());

        Verdict byWitness = NodeVerifier.verify(root, keyFile, "--witness", witness.toString());
        Verdict byDay = NodeVerifier.verify(root, keyFile, "--to", "2026-03-05");

        assertThat(byWitness.said()).contains("digests/dt=2026-03-05/0.json: the witness has this digest");
        assertThat(byDay.said()).contains("digests/dt=2026-03-05/0.json: it is missing");
        assertThat(byWitness.exitCode() + byDay.exitCode()).isEqualTo(2);
    }
}

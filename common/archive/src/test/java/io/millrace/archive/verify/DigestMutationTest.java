package io.millrace.archive.verify;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.sample.MemoryFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to change, remove or replace digests is found. */
class DigestMutationTest {

    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    private final MemoryFolder other = new MemoryFolder();
    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;

    @BeforeEach
    void write() {
        archive = SampleArchive.whole(new MemoryFolder(), keys.signingKey());
    }

    private List<Finding> findings(VerifyOptions options) throws IOException {
        return Verifier.verify(archive.folder(), keys.publicKeys(), options).findings();
    }

    private void expectWrong(String name, String what) throws IOException {
        assertThat(findings(VerifyOptions.EVERYTHING)).anySatisfy(finding -> {
            assertThat(finding.where()).isEqualTo(name);
            assertThat(finding.what()).contains(what);
        });
    }

    /** The smallest that has a digest before its last one, which none behind it names. */
    private byte[] lastOfTwo() throws IOException {
        archive = new SampleArchive(new MemoryFolder(), 1);
        for (LocalDate day : List.of(MONDAY, TUESDAY)) {
            archive.add(0, day, 2);
            archive.add(0, day, 1);
            archive.seal(0, day, keys.signingKey());
        }
        assertThat(findings(VerifyOptions.EVERYTHING)).isEmpty();
        return archive.bytes(Digest.name(TUESDAY, 0));
    }

    /** Nothing but its signature and its one form hold it. */
    @Test
    void anyByteOfADigest() throws IOException {
        byte[] right = lastOfTwo();
        for (int at = 0; at < right.length; at++) {
            byte[] wrong = right.clone();
            wrong[at] = (byte) (wrong[at] ^ (1 << (at % 7)));
            archive.put(Digest.name(TUESDAY, 0), wrong);

            assertThat(findings(VerifyOptions.EVERYTHING)).as("byte %d", at).isNotEmpty();
        }
    }

    @Test
    void anyEndOfADigest() throws IOException {
        byte[] right = lastOfTwo();
        for (int length = 0; length < right.length; length++) {
            archive.put(Digest.name(TUESDAY, 0), Arrays.copyOf(right, length));

            assertThat(findings(VerifyOptions.EVERYTHING))
                    .as("%d bytes", length)
                    .isNotEmpty();
        }
        archive.put(Digest.name(TUESDAY, 0), Arrays.copyOf(right, right.length + 1));
        assertThat(findings(VerifyOptions.EVERYTHING)).as("a byte more").isNotEmpty();
    }

    @Test
    void oneInTheMiddleRemoved() throws IOException {
        archive.remove(Digest.name(TUESDAY, 0));

        expectWrong(Digest.name(WEDNESDAY, 0), "those in between are missing");
    }

    @Test
    void theFirstRemoved() throws IOException {
        archive.remove(Digest.name(MONDAY, 0));

        expectWrong(Digest.name(TUESDAY, 0), "those before it are missing");
    }

    @Test
    void theLastRemovedThatTheManifestKnows() throws IOException {
        archive.remove(Digest.name(WEDNESDAY, 1));

        expectWrong(Digest.name(TUESDAY, 1), "the manifest knows a digest that is not here");
    }

    @Test
    void allOfAPartitionRemoved() throws IOException {
        for (LocalDate day = MONDAY; !day.isAfter(WEDNESDAY); day = day.plusDays(1)) {
            archive.remove(Digest.name(day, 1));
        }

        expectWrong("digests", "the partition has no digest");
    }

    @Test
    void oneUnderTheNameOfAnother() throws IOException {
        archive.put(Digest.name(TUESDAY, 0), archive.bytes(Digest.name(MONDAY, 0)));

        expectWrong(Digest.name(TUESDAY, 0), "it is the digest digests/dt=2026-03-02/0.json");
    }

    @Test
    void oneTwice() throws IOException {
        String thursday = Digest.name(WEDNESDAY.plusDays(1), 0);
        archive.put(thursday, archive.bytes(Digest.name(WEDNESDAY, 0)));

        expectWrong(thursday, "it is the digest digests/dt=2026-03-04/0.json");
    }

    @Test
    void twoInEachOthersPlace() throws IOException {
        byte[] monday = archive.bytes(Digest.name(MONDAY, 0));
        archive.put(Digest.name(MONDAY, 0), archive.bytes(Digest.name(TUESDAY, 0)));
        archive.put(Digest.name(TUESDAY, 0), monday);

        expectWrong(Digest.name(MONDAY, 0), "it is the digest digests/dt=2026-03-03/0.json");
        expectWrong(Digest.name(TUESDAY, 0), "it is the digest digests/dt=2026-03-02/0.json");
    }

    @Test
    void oneOfAnotherPartition() throws IOException {
        archive.put(Digest.name(TUESDAY, 0), archive.bytes(Digest.name(TUESDAY, 1)));

        expectWrong(Digest.name(TUESDAY, 0), "it is the digest digests/dt=2026-03-03/1.json");
    }

    @Test
    void oneOfTheSameDayThatIsSignedByAnotherKey() throws IOException {
        SampleArchive foreign = SampleArchive.whole(other, TestKeys.make().signingKey());
        archive.put(Digest.name(TUESDAY, 0), foreign.bytes(Digest.name(TUESDAY, 0)));

        expectWrong(Digest.name(TUESDAY, 0), "none of those that were given");
    }

    @Test
    void oneThatClaimsTheRightKeyAndIsSignedByAnother() throws IOException {
        String name = Digest.name(TUESDAY, 0);
        String right = new String(archive.bytes(name), StandardCharsets.UTF_8);
        SampleArchive foreign = SampleArchive.whole(other, TestKeys.make().signingKey());
        String wrong = new String(foreign.bytes(name), StandardCharsets.UTF_8);
        String signature = wrong.substring(wrong.indexOf("\"signature\""));
        archive.put(
                name,
                (right.substring(0, right.indexOf("\"signature\"")) + signature).getBytes(StandardCharsets.UTF_8));

        expectWrong(name, "its signature is not one of the key");
    }

    @Test
    void theWholeArchiveSignedByAnotherKey() throws IOException {
        archive = SampleArchive.whole(other, TestKeys.make().signingKey());

        assertThat(findings(VerifyOptions.EVERYTHING)).hasSize(6);
    }

    /** Whoever has the key, too, cannot replace a day without all that follow. */
    @Test
    void aDayReplacedByWhoeverHasTheKey() throws IOException {
        SampleArchive forged = new SampleArchive(other, SampleArchive.PARTITIONS);
        forged.add(0, MONDAY, 5);
        forged.seal(0, MONDAY, keys.signingKey());
        archive.files(0, MONDAY).forEach(archive::remove);
        forged.files(0, MONDAY).forEach(name -> archive.put(name, forged.bytes(name)));
        archive.put(Digest.name(MONDAY, 0), forged.bytes(Digest.name(MONDAY, 0)));

        expectWrong(Digest.name(TUESDAY, 0), "one of them was replaced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOlderArchiveIsFoundByTheDayAskedForAndByTheWitness(boolean byWitness) throws IOException {
        archive = olderArchive();
        SampleArchive.whole(other, keys.signingKey());

        List<Finding> findings = byWitness
                ? findings(new VerifyOptions(null, null, null, other))
                : findings(new VerifyOptions(null, null, WEDNESDAY, null));

        assertThat(findings)
                .extracting(Finding::where)
                .containsExactly(Digest.name(WEDNESDAY, 0), Digest.name(WEDNESDAY, 1));
    }

    /** The limit: by itself, an older archive is whole. */
    @Test
    void anOlderArchiveIsWholeByItself() throws IOException {
        archive = olderArchive();

        assertThat(findings(VerifyOptions.EVERYTHING)).isEmpty();
    }

    private SampleArchive olderArchive() {
        SampleArchive older = new SampleArchive(new MemoryFolder(), SampleArchive.PARTITIONS);
        for (int partition = 0; partition < SampleArchive.PARTITIONS; partition++) {
            for (LocalDate day = MONDAY; day.isBefore(WEDNESDAY); day = day.plusDays(1)) {
                if (partition == 0 || day.equals(MONDAY)) {
                    older.add(partition, day, 4);
                    older.add(partition, day, 3);
                }
                older.seal(partition, day, keys.signingKey());
            }
        }
        return older;
    }

    @Test
    void anotherDigestThanTheWitnessHas() throws IOException {
        SampleArchive forged = new SampleArchive(other, SampleArchive.PARTITIONS);
        forged.add(0, MONDAY, 5);
        forged.seal(0, MONDAY, keys.signingKey());

        assertThat(findings(new VerifyOptions(null, null, null, forged.folder())))
                .extracting(Finding::kind, Finding::what)
                .containsExactly(tuple(Finding.Kind.WITNESS, "the witness has another digest of this day"));
    }

    @Test
    void aFileAmongTheDigestsThatIsNone() throws IOException {
        archive.put("digests/dt=2026-03-02/0.json.bak", new byte[0]);

        expectWrong("digests/dt=2026-03-02/0.json.bak", "no digest is called so");
    }
}

package io.millrace.archive.verify;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.SampleExpiries;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A day that is gone without a statement that holds is found missing, whatever stands in the statement's place. */
class ExpiryMutationTest {

    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    @TempDir
    Path root;

    @TempDir
    Path witness;

    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;
    private SampleExpiries expiries;
    private SigningKey key;

    /** A way to say something that does not hold. */
    private record Lie(String name, UnaryOperator<Expiry> change, String found) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        Hash other = Hash.ZERO;
        return Stream.of(
                new Lie(
                        "of another digest",
                        it -> with(it, it.day(), other, 1, it.sealedDigest()),
                        "another digest of"),
                new Lie("of another last digest", it -> with(it, it.day(), it.digest(), 1, other), "another digest of"),
                new Lie(
                        "of a day that is as young as the last",
                        it -> with(it, WEDNESDAY, it.digest(), 1, it.sealedDigest()),
                        "another digest of"),
                new Lie(
                        "kept longer than it is sealed",
                        it -> with(it, it.day(), it.digest(), 3, it.sealedDigest()),
                        "were kept for 3 days"),
                new Lie("removed before its time", it -> at(it, "2026-03-03T23:00:00Z"), "were kept for 1 days"));
    }

    private static Expiry with(Expiry it, LocalDate day, Hash digest, int keptDays, Hash sealedDigest) {
        return new Expiry(
                it.chain(), day, digest, keptDays, it.sealedThrough(), sealedDigest, it.keyId(), it.expiredAt());
    }

    private static Expiry at(Expiry it, String time) {
        return new Expiry(
                it.chain(),
                it.day(),
                it.digest(),
                it.keptDays(),
                it.sealedThrough(),
                it.sealedDigest(),
                it.keyId(),
                Instant.parse(time));
    }

    @BeforeEach
    void write() {
        key = keys.signingKey();
        archive = SampleArchive.whole(root, key);
        expiries = new SampleExpiries(archive);
    }

    private Expiry monday() {
        return expiries.statement(MONDAY, 1, WEDNESDAY, key);
    }

    private List<Finding> findings(PublicKeys publicKeys, VerifyOptions options) throws IOException {
        return Verifier.verify(archive.folder(), publicKeys, options).findings();
    }

    private List<Finding> findings() throws IOException {
        return findings(keys.publicKeys(), VerifyOptions.EVERYTHING);
    }

    private void expectMissing(List<Finding> findings, Finding.Kind kind, String where, String what) {
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.where()).isEqualTo(where);
            assertThat(finding.what()).contains(what);
        });
        assertThat(findings)
                .filteredOn(finding -> finding.kind() == Finding.Kind.FILE)
                .extracting(Finding::offset)
                .as("the first record that is missing is named")
                .contains(firstOffset());
    }

    private Long firstOffset() {
        return expiries.digest(MONDAY).segment().firstOffset();
    }

    @Test
    void theControlIsAStatementThatHolds() throws IOException {
        expiries.expire(monday(), key);

        assertThat(findings()).isEmpty();
    }

    @Test
    void aDayRemovedWithoutAStatement() throws IOException {
        archive.files(0, MONDAY).forEach(archive::remove);

        assertThat(findings()).extracting(Finding::kind).containsOnly(Finding.Kind.FILE);
        assertThat(findings().get(0).offset()).isEqualTo(firstOffset());
    }

    @Test
    void aStatementThatWasRemovedLater() throws IOException {
        expiries.expire(monday(), key);
        archive.remove(Expiry.name(MONDAY, 0));

        assertThat(findings().get(0).offset()).isEqualTo(firstOffset());
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aStatementThatDoesNotHold(Lie lie) throws IOException {
        Expiry said = lie.change().apply(monday());
        expiries.expire(said, key);
        archive.files(0, MONDAY).forEach(archive::remove);

        expectMissing(findings(), Finding.Kind.EXPIRY, said.name(), lie.found());
    }

    @Test
    void anyByteOfAStatement() throws IOException {
        expiries.expire(monday(), key);
        String name = Expiry.name(MONDAY, 0);
        byte[] right = archive.bytes(name);
        for (int at = 0; at < right.length; at++) {
            byte[] wrong = right.clone();
            wrong[at] = (byte) (wrong[at] ^ (1 << (at % 7)));
            archive.put(name, wrong);

            assertThat(findings()).as("byte %d", at).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aStatementSignedByAnotherKey() throws IOException {
        SigningKey foreign = TestKeys.make().signingKey();
        expiries.expire(expiries.statement(MONDAY, 1, WEDNESDAY, foreign), foreign);

        expectMissing(findings(), Finding.Kind.EXPIRY, Expiry.name(MONDAY, 0), "not signed by any of the keys");
    }

    @Test
    void aStatementUnderTheNameOfAnotherDay() throws IOException {
        expiries.expire(monday(), key);
        archive.put(Expiry.name(TUESDAY, 0), archive.bytes(Expiry.name(MONDAY, 0)));
        archive.files(0, TUESDAY).forEach(archive::remove);

        assertThat(findings())
                .anySatisfy(
                        finding -> assertThat(finding.what()).contains("it is the statement expired/dt=2026-03-02/0"));
        assertThat(findings()).anySatisfy(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.FILE));
    }

    @Test
    void aStatementOfAnotherPartition() throws IOException {
        expiries.expire(monday(), key);
        byte[] foreign = archive.bytes(Expiry.name(MONDAY, 0));
        archive.put(Expiry.name(MONDAY, 1), foreign);
        archive.files(1, MONDAY).forEach(archive::remove);

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.FILE);
            assertThat(finding.partition()).isEqualTo(1);
        });
    }

    /** Whoever gets hold of a key that was replaced cannot remove what was not old enough by then. */
    @Test
    void aStatementByAKeyThatHadBeenReplaced(@TempDir Path place) throws IOException {
        TestKeys next = TestKeys.make();
        archive = SampleArchive.whole(place, key);
        archive.seal(0, MONDAY.plusDays(3), next.signingKey());
        expiries = new SampleExpiries(archive);
        PublicKeys both = new PublicKeys(keys.publicPem() + next.publicPem());
        expiries.expire(expiries.statement(TUESDAY, 2, MONDAY.plusDays(3), key), key);

        assertThat(findings(both, VerifyOptions.EVERYTHING))
                .anySatisfy(finding -> assertThat(finding.what()).contains("had been replaced by then"));

        SigningKey present = SigningKey.of(next.privatePem(), both);
        expiries.expire(expiries.statement(TUESDAY, 2, MONDAY.plusDays(3), present), present);
        assertThat(findings(both, VerifyOptions.EVERYTHING)).isEmpty();
    }

    @Test
    void recordsThatWereKeptForTooShort() throws IOException {
        expiries.expire(monday(), key);

        assertThat(findings(keys.publicKeys(), new VerifyOptions(null, null, null, List.of(), 1)))
                .isEmpty();
        expectMissing(
                findings(keys.publicKeys(), new VerifyOptions(null, null, null, List.of(), 365)),
                Finding.Kind.EXPIRY,
                Expiry.name(MONDAY, 0),
                "365 were asked for");
    }

    /** Whoever has the present key, and not the witness, is found by it. */
    @Test
    void aStatementThatTheWitnessDoesNotHaveOrHasOtherwise() throws IOException {
        expiries.expire(monday(), key);
        VerifyOptions options = new VerifyOptions(null, null, null, new LocalFolder(witness));

        assertThat(findings(keys.publicKeys(), options))
                .extracting(Finding::kind, Finding::where)
                .containsExactly(tuple(Finding.Kind.WITNESS, Expiry.name(MONDAY, 0)));

        SampleArchive place = new SampleArchive(witness);
        place.put(
                Expiry.name(MONDAY, 0),
                key.sign(at(monday(), "2026-04-01T00:00:00Z")).toBytes());
        assertThat(findings(keys.publicKeys(), options))
                .extracting(Finding::what)
                .containsExactly("the witness has another statement of expiry of this day");

        place.put(Expiry.name(MONDAY, 0), archive.bytes(Expiry.name(MONDAY, 0)));
        assertThat(findings(keys.publicKeys(), options)).isEmpty();
    }

    @Test
    void aFileOfAnExpiredDayThatIsThereAndChangedOrAdded() throws IOException {
        String name = archive.files(0, MONDAY).get(0);
        byte[] right = archive.bytes(name);
        byte[] wrong = right.clone();
        wrong[60] ^= 1;
        expiries.expire(monday(), key);

        archive.put(name, right);
        assertThat(findings()).as("a copy that was put back").isEmpty();
        archive.put(name, wrong);
        assertThat(findings()).extracting(Finding::where).containsExactly(name);
        archive.remove(name);
        archive.put("audit/dt=2026-03-02/0-1-2.parquet", right);
        assertThat(findings()).extracting(Finding::kind).containsExactly(Finding.Kind.UNKNOWN_FILE);
    }

    @Test
    void aFileAmongTheStatementsThatIsNone() throws IOException {
        archive.put("expired/readme.txt", new byte[0]);

        assertThat(findings()).extracting(Finding::kind).containsExactly(Finding.Kind.UNKNOWN_FILE);
    }
}

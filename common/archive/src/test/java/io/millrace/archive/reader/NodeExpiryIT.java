package io.millrace.archive.reader;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.reader.NodeVerifier.Verdict;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.SampleExpiries;
import io.millrace.archive.sample.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second verifier takes the same statements of expiry as the first. */
class NodeExpiryIT {

    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    @TempDir
    Path folder;

    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;
    private SampleExpiries expiries;
    private SigningKey key;
    private Path keyFile;

    @BeforeAll
    static void install() throws Exception {
        NodeVerifier.install();
    }

    @BeforeEach
    void write() throws Exception {
        key = keys.signingKey();
        keyFile = Files.writeString(folder.resolve("keys.pem"), keys.publicPem());
        archive = SampleArchive.whole(folder.resolve("archive"), key);
        expiries = new SampleExpiries(archive);
    }

    private Verdict verify(String... more) throws Exception {
        return NodeVerifier.verify(archive.path(""), keyFile, more);
    }

    private void expectRefused(String... named) throws Exception {
        Verdict verdict = verify();

        assertThat(verdict.said()).startsWith("WRONG ").contains(named);
        assertThat(verdict.exitCode()).isEqualTo(1);
    }

    private Expiry monday() {
        return expiries.statement(MONDAY, 1, WEDNESDAY, key);
    }

    private static Expiry with(Expiry it, LocalDate day, Hash digest, int keptDays) {
        return new Expiry(
                it.chain(), day, digest, keptDays, it.sealedThrough(), it.sealedDigest(), it.keyId(), it.expiredAt());
    }

    @Test
    void acceptsADayThatWasRemovedWithAStatement() throws Exception {
        expiries.expire(monday(), key);

        assertThat(verify().said())
                .isEqualTo("OK 28 records are sealed and proven; 4 more follow by the chain;"
                        + " 7 were removed, as signed statements say\n");
        assertThat(verify("--kept", "2").said()).contains("records were kept for 1 days");
        assertThat(verify("--witness", folder.resolve("none").toString()).said())
                .contains("the witness does not have this statement of expiry");
    }

    @Test
    void refusesADayThatIsGoneWithoutOne() throws Exception {
        archive.files(0, MONDAY).forEach(archive::remove);

        expectRefused("record " + expiries.digest(MONDAY).segment().firstOffset() + ": the file is missing");
    }

    @Test
    void refusesStatementsThatDoNotHold() throws Exception {
        Expiry right = monday();
        expiries.expire(right, key);

        archive.put(right.name(), key.sign(with(right, MONDAY, Hash.ZERO, 1)).toBytes());
        expectRefused("it speaks of other digests than are here", "the file is missing");
        archive.put(
                right.name(), key.sign(with(right, MONDAY, right.digest(), 3)).toBytes());
        expectRefused("the day was not old enough", "the file is missing");
        archive.put(
                right.name(), key.sign(with(right, TUESDAY, right.digest(), 1)).toBytes());
        expectRefused("it is the statement of another day", "the file is missing");
        SigningKey foreign = TestKeys.make().signingKey();
        archive.put(
                right.name(),
                foreign.sign(expiries.statement(MONDAY, 1, WEDNESDAY, foreign)).toBytes());
        expectRefused("it is not signed by any of the keys that were given", "the file is missing");
        archive.put(right.name(), "{}".getBytes(StandardCharsets.UTF_8));
        expectRefused(right.name(), "the file is missing");
    }

    @Test
    void refusesAStatementByAKeyThatHadBeenReplaced() throws Exception {
        TestKeys next = TestKeys.make();
        archive.seal(0, MONDAY.plusDays(3), next.signingKey());
        Files.writeString(keyFile, keys.publicPem() + next.publicPem());
        expiries.expire(expiries.statement(TUESDAY, 2, MONDAY.plusDays(3), key), key);

        expectRefused("its key had been replaced by then", "the file is missing");
    }

    @Test
    void refusesAChangedFileOfADayThatIsBeingRemoved() throws Exception {
        String name = archive.files(0, MONDAY).get(0);
        byte[] bytes = archive.bytes(name);
        expiries.expire(monday(), key);
        archive.put(name, bytes);
        assertThat(verify().exitCode()).isZero();

        bytes[60] ^= 1;
        archive.put(name, bytes);

        expectRefused(name);
    }
}

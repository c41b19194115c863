package io.millrace.archive.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.file.FileName;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A digest says one thing in one way: what was changed in it, to whatever, is no digest or is not signed. */
class SignedDigestTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final TestKeys keys = TestKeys.make();
    private final SigningKey key = keys.signingKey();

    private static SealedFile file(long first, long last) {
        return new SealedFile(
                new FileName(MONDAY, 1, first, last).text(),
                first,
                last,
                last - first + 1,
                4_711,
                Hash.ofHex("5".repeat(64)),
                Hash.ofHex("6".repeat(64)));
    }

    private Digest digest(List<SealedFile> files) {
        return new Digest(
                new ChainId("test", "audit-logs", 1),
                3,
                MONDAY,
                7,
                Hash.ofHex("1".repeat(64)),
                new Segment(files, Hash.ofHex("2".repeat(64)), files.isEmpty() ? null : Hash.ofHex("3".repeat(64))),
                key.id(),
                Instant.parse("2026-03-03T01:00:00Z"));
    }

    private byte[] signed() {
        return key.sign(digest(List.of(file(10, 19), file(25, 30)))).toBytes();
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        for (Digest digest : List.of(digest(List.of()), digest(List.of(file(0, 0))), digest(List.of(file(3, 9))))) {
            SignedDigest signed = key.sign(digest);
            SignedDigest read = SignedDigest.of(signed.toBytes());

            assertThat(read.digest()).isEqualTo(digest);
            assertThat(read.digest().hash()).isEqualTo(digest.hash());
            assertThat(keys.publicKeys().verify(read)).isTrue();
        }
    }

    private boolean isBelieved(byte[] bytes) {
        try {
            return keys.publicKeys().verify(SignedDigest.of(bytes));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void noBitOfItCanBeChanged() {
        byte[] signed = signed();
        assertThat(isBelieved(signed)).as("the control").isTrue();
        for (int bit = 0; bit < 8 * signed.length; bit++) {
            byte[] changed = signed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(isBelieved(changed))
                    .as("bit %d of byte %d", bit % 8, bit / 8)
                    .isFalse();
        }
    }

    @Test
    void noPartOfItAndNothingMoreThanItIsOne() {
        byte[] signed = signed();
        for (int length = 0; length < signed.length; length++) {
            assertThat(isBelieved(Arrays.copyOf(signed, length))).isFalse();
        }
        for (String more : new String[] {" ", "\n", "{}", "\u0000"}) {
            String text = new String(signed, StandardCharsets.UTF_8);
            assertThat(isBelieved((text + more).getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
            assertThat(isBelieved((more + text).getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
        }
    }

    /** What the digest says twice, of each file and in sum, it must say alike. */
    @ParameterizedTest
    @CsvSource({
        "'\"records\":\"16\"', '\"records\":\"17\"', records",
        "'\"firstOffset\":\"10\",\"format', '\"firstOffset\":\"11\",\"format', firstOffset",
        "'\"lastOffset\":\"30\",\"partition', '\"lastOffset\":\"31\",\"partition', lastOffset",
        "'millrace-audit-digest-1', 'millrace-audit-digest-2', format",
        "'\"sequence\":\"7\"', '\"sequence\":\"-7\"', sequence",
        "'\"sequence\":\"7\"', '\"sequence\":7', sequence",
        "'\"partition\":1', '\"partition\":-1', partition",
        "'\"dt\":\"2026-03-02\"', '\"dt\":\"2026-02-30\"', 2026-02-30",
        "'T01:00:00Z', 'T01:00:00.000Z', another form",
        "'\"archive\":\"test\"', '\"archive\":\"a test\"', a test",
        "'\"topic\":', '\"topics\":', fields",
    })
    void whatDoesNotAgreeWithItselfIsNone(String from, String to, String why) {
        String text = new String(signed(), StandardCharsets.UTF_8);
        assertThat(text).as("the control").contains(from);

        assertThatThrownBy(() -> SignedDigest.of(text.replace(from, to).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    /** A signature is over this digest, as a digest, by the key that it names. */
    @Test
    void aSignatureOfSomethingElseIsNone() {
        SignedDigest signed = key.sign(digest(List.of()));
        Digest other = digest(List.of(file(0, 0)));
        UnaryOperator<byte[]> cut = signature -> Arrays.copyOf(signature, signature.length - 1);

        assertThat(keys.publicKeys().verify(new SignedDigest(other, signed.signature())))
                .isFalse();
        assertThat(keys.publicKeys().verify(new SignedDigest(signed.digest(), cut.apply(signed.signature()))))
                .isFalse();
        assertThat(keys.publicKeys().verify(new SignedDigest(signed.digest(), new byte[0])))
                .isFalse();
        assertThat(TestKeys.make().publicKeys().verify(signed))
                .as("another key")
                .isFalse();
        TestKeys next = TestKeys.make();
        PublicKeys both = new PublicKeys(keys.publicPem() + next.publicPem());
        assertThat(both.verify(signed)).as("an older key of the same archive").isTrue();
        assertThatThrownBy(() -> SigningKey.of(next.privatePem(), both).sign(signed.digest()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names key " + key.id());
    }
}

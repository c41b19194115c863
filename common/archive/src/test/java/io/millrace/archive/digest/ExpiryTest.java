package io.millrace.archive.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The bytes of a statement of expiry. */
class ExpiryTest {

    private static Expiry expiry(int keptDays, Hash keyId) {
        return new Expiry(
                new ChainId("test", "audit-logs", 0),
                LocalDate.of(2026, 3, 2),
                Hash.ofHex("1".repeat(64)),
                keptDays,
                LocalDate.of(2026, 3, 4),
                Hash.ofHex("2".repeat(64)),
                keyId,
                Instant.parse("2026-03-09T01:00:00Z"));
    }

    /** The known answer of docs/audit-format.md. */
    @Test
    void whatIsSignedIsAsTheFormatSays() {
        assertThat(Sha256.of(expiry(2, Hash.ofHex("3".repeat(64))).signedBytes()))
                .hasToString("df4c49a826f97ea86d3ee13eaa9c5b9bb608eec1219bcbf402a1b72e2e3dd2c7");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        TestKeys keys = TestKeys.make();
        SigningKey key = keys.signingKey();
        SignedExpiry signed = key.sign(expiry(365, key.id()));

        SignedExpiry read = SignedExpiry.of(signed.toBytes());

        assertThat(read.expiry()).isEqualTo(signed.expiry());
        assertThat(read.toBytes()).isEqualTo(signed.toBytes());
        assertThat(keys.publicKeys().verify(read)).isTrue();
        assertThat(TestKeys.make().publicKeys().verify(read)).isFalse();
    }

    @Test
    void refusesAnyOtherForm() {
        TestKeys keys = TestKeys.make();
        SigningKey key = keys.signingKey();
        String right = new String(key.sign(expiry(365, key.id())).toBytes(), StandardCharsets.UTF_8);

        for (String wrong : new String[] {
            right + "\n",
            right.replace("\"keptDays\":365", "\"keptDays\":\"365\""),
            right.replace("\"keptDays\":365", "\"keptDays\":0"),
            right.replace("T01:00:00Z", "T01:00:00.000Z"),
            right.replace("millrace-audit-expiry-1", "millrace-audit-expiry-2"),
            right.replace("{\"expiry\"", "{\"digest\""),
        }) {
            assertThatThrownBy(() -> SignedExpiry.of(wrong.getBytes(StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> key.sign(expiry(365, Hash.ZERO))).isInstanceOf(IllegalArgumentException.class);
    }
}

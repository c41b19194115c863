package io.millrace.audit.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.Segment;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.file.LocalFolder;
import io.millrace.audit.KeepingFolder;
import io.millrace.audit.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witness has each digest once, as it was first: nobody makes it take another. */
class WitnessTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 0);

    private final SigningKey key = TestKeys.make().signing().open();

    @TempDir
    private Path root;

    private SignedDigest digest(LocalDate day, Instant sealedAt) {
        return key.sign(
                new Digest(CHAIN, 1, day, 0, Hash.ZERO, Segment.empty(new Chain(CHAIN).genesis()), key.id(), sealedAt));
    }

    @Test
    void takesEachDigestOnceHoweverOftenItIsGiven() throws IOException {
        KeepingFolder place = new KeepingFolder(new LocalFolder(root));
        Witness witness = new Witness(place);
        SignedDigest monday = digest(MONDAY, Instant.EPOCH);
        SignedDigest tuesday = digest(MONDAY.plusDays(1), Instant.EPOCH);

        witness.take(monday);
        witness.take(monday);
        witness.take(tuesday);
        witness.take(monday);

        assertThat(place.created())
                .containsExactly(monday.digest().name(), tuesday.digest().name());
        assertThat(place.read(monday.digest().name(), 1 << 20)).isEqualTo(monday.toBytes());
    }

    /** Also one that differs in nothing but when it was sealed: the archive was put back, and sealed anew. */
    @Test
    void refusesAnotherDigestOfADayThatItHasAndKeepsTheFirst() throws IOException {
        KeepingFolder place = new KeepingFolder(new LocalFolder(root));
        Witness witness = new Witness(place);
        SignedDigest first = digest(MONDAY, Instant.EPOCH);
        witness.take(first);

        assertThatThrownBy(() -> witness.take(digest(MONDAY, Instant.EPOCH.plusSeconds(1))))
                .isInstanceOf(WitnessConflict.class)
                .hasMessageContaining("another digest digests/dt=2026-03-02/0.json")
                .hasMessageContaining("Compare both");
        assertThat(place.read(first.digest().name(), 1 << 20)).isEqualTo(first.toBytes());
        assertThat(place.created()).hasSize(1);
    }

    /** A file that somebody else put there is not taken for the digest, either. */
    @Test
    void whatSomebodyElseWroteInItsPlaceIsAnotherDigest() throws IOException {
        SignedDigest first = digest(MONDAY, Instant.EPOCH);
        new LocalFolder(root).replace(first.digest().name(), new byte[0]);

        assertThatThrownBy(() -> new Witness(new LocalFolder(root)).take(first)).isInstanceOf(WitnessConflict.class);
    }
}

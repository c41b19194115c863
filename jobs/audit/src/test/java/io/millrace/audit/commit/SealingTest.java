package io.millrace.audit.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.write.Compactor;
import io.millrace.archive.write.Manifests;
import io.millrace.archive.write.Sealer;
import io.millrace.audit.TestKeys;
import io.millrace.audit.tick.Partitions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days are sealed once, in their order, and the witness is told: also of those whose sealer died before it told. */
class SealingTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final SigningKey key = TestKeys.make().signing().open();

    @TempDir
    private Path root;

    @TempDir
    private Path other;

    private Instant now = Instant.parse("2026-03-09T01:00:00Z");

    private Manifests manifests() {
        return new Manifests(new LocalFolder(root), "test", "audit-logs");
    }

    private Sealing sealing(Partitions partitions, boolean isWitnessed) {
        Manifests manifests = manifests();
        Sealer sealer = new Sealer(manifests, new Compactor(manifests, 1 << 20), key, () -> now);
        return new Sealing(manifests, sealer, partitions, isWitnessed ? new Witness(new LocalFolder(other)) : null);
    }

    private byte[] witnessed(LocalDate day) throws IOException {
        return new LocalFolder(other).read(Digest.name(day, 3), 1 << 20);
    }

    @Test
    void aDigestSaysHowManyPartitionsThereAreAndAtLeastItsOwn() throws IOException {
        assertThat(sealing(() -> 10, false)
                        .seal(3, MONDAY)
                        .orElseThrow()
                        .digest()
                        .partitions())
                .isEqualTo(10);
        assertThat(sealing(() -> 1, false)
                        .seal(3, MONDAY.plusDays(1))
                        .orElseThrow()
                        .digest()
                        .partitions())
                .as("asked a moment before the topic grew")
                .isEqualTo(4);
    }

    @Test
    void aDayThatWasSealedIsToldAgainAsItWasWhateverTheTimeIs() throws IOException {
        SignedDigest first = sealing(() -> 10, true).seal(3, MONDAY).orElseThrow();
        now = now.plusSeconds(86_400);

        SignedDigest again = sealing(() -> 12, true).seal(3, MONDAY).orElseThrow();

        assertThat(again.toBytes()).isEqualTo(first.toBytes());
        assertThat(witnessed(MONDAY)).isEqualTo(first.toBytes());
    }

    @Test
    void aWitnessThatWasNotToldIsToldByTheNext() throws IOException {
        SignedDigest sealed = sealing(() -> 10, false).seal(3, MONDAY).orElseThrow();
        assertThat(new LocalFolder(other).has(sealed.digest().name())).isFalse();

        sealing(() -> 10, true).seal(3, MONDAY);

        assertThat(witnessed(MONDAY)).isEqualTo(sealed.toBytes());
    }

    @Test
    void aDigestThatIsNotThereAnyLongerIsNotMadeAnew() throws IOException {
        SignedDigest sealed = sealing(() -> 10, true).seal(3, MONDAY).orElseThrow();
        new LocalFolder(root).remove(sealed.digest().name());

        assertThat(sealing(() -> 10, true).seal(3, MONDAY)).isEmpty();
        assertThat(new LocalFolder(root).has(sealed.digest().name())).isFalse();
    }

    @Test
    void nothingIsSealedWhileKafkaDoesNotSayHowManyPartitionsThereAre() throws IOException {
        Partitions away = () -> {
            throw new IOException("no broker answers");
        };

        assertThatThrownBy(() -> sealing(away, true).seal(3, MONDAY)).hasMessage("no broker answers");
        assertThat(new LocalFolder(root).list("")).isEmpty();
        assertThat(manifests().read(3).sealed()).isNull();
        assertThat(sealing(() -> 10, true).seal(3, MONDAY))
                .as("it can be done again")
                .isPresent();
    }

    @Test
    void daysAreSealedOneAfterTheOther() throws IOException {
        sealing(() -> 10, true).seal(3, MONDAY);

        assertThatThrownBy(() -> sealing(() -> 10, true).seal(3, MONDAY.plusDays(2)))
                .isInstanceOf(ManifestConflict.class)
                .hasMessageContaining("2026-03-03 is the next");
        assertThat(new LocalFolder(other).list("digests")).hasSize(1);
    }
}

package io.millrace.archive.manifest;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 4);
    private static final Hash GENESIS = new Chain(CHAIN).genesis();
    private static final Hash FIRST = Sha256.of(new byte[] {9});

    private final SealedFile one = file(MONDAY, 0, 9);
    private final SealedFile two = file(MONDAY, 12, 19);
    private final SealedFile three = file(MONDAY.plusDays(1), 20, 29);
    private final Manifest all =
            Manifest.empty(CHAIN).extend(one, GENESIS).extend(two, hash(9)).extend(three, hash(19));

    private static Hash hash(long offset) {
        return Sha256.of(Long.toString(offset).getBytes(StandardCharsets.UTF_8));
    }

    private static SealedFile file(LocalDate day, long first, long last) {
        String name = new FileName(day, 4, first, last).text();
        return new SealedFile(name, first, last, last - first + 1, 1000, hash(-last), hash(last));
    }

    private static Digest digest(Manifest manifest, LocalDate day, Hash firstHash) {
        SealedHead sealed = manifest.sealed();
        return new Digest(
                CHAIN,
                10,
                day,
                sealed == null ? 0 : sealed.sequence() + 1,
                sealed == null ? Hash.ZERO : sealed.digest(),
                manifest.segment(day, firstHash),
                Hash.ZERO,
                Instant.EPOCH);
    }

    @Test
    void beginsWithTheHashOfTheChainsName() {
        assertThat(Manifest.empty(CHAIN).head()).isEqualTo(new Head(-1, GENESIS, null));
    }

    @Test
    void growsByFilesThatFollow() {
        assertThat(all.files()).containsExactly(one, two, three);
        assertThat(all.head()).isEqualTo(new Head(29, hash(29), MONDAY.plusDays(1)));
    }

    @Test
    void knowsWhatAReplayBringsAgain() {
        assertThat(all.knows(two)).isTrue();
        assertThat(all.knows(file(MONDAY.plusDays(1), 25, 29))).isTrue();
        assertThat(all.knows(file(MONDAY.plusDays(1), 25, 30))).isFalse();
    }

    @Test
    void refusesWhatDoesNotFollow() {
        SealedFile next = file(MONDAY.plusDays(1), 30, 31);

        assertThatThrownBy(() -> all.extend(next, hash(28)))
                .isInstanceOf(ManifestConflict.class)
                .hasMessageContaining(next.name())
                .hasMessageContaining("offset 29")
                .hasMessageContaining("another job");
        assertThatThrownBy(() -> all.extend(file(MONDAY.plusDays(1), 29, 31), hash(29)))
                .isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> all.extend(file(MONDAY, 30, 31), hash(29))).isInstanceOf(ManifestConflict.class);
        assertThat(all.extend(next, hash(29)).head().lastOffset()).isEqualTo(31);
    }

    @Test
    void sealsItsDaysOneAfterTheOther() {
        Manifest sealed = all.seal(digest(all, MONDAY, FIRST));

        assertThat(sealed.files()).containsExactly(three);
        assertThat(sealed.sealed()).isNotNull();
        assertThat(sealed.head()).isEqualTo(all.head());
        assertThatThrownBy(() -> all.segment(MONDAY.plusDays(1), FIRST)).hasMessageContaining("is the next");
        assertThatThrownBy(() -> sealed.segment(MONDAY, FIRST)).isInstanceOf(ManifestConflict.class);
        Manifest whole = sealed.seal(digest(sealed, MONDAY.plusDays(1), FIRST));
        assertThat(whole.files()).isEmpty();
        assertThat(whole.head()).isEqualTo(new Head(29, hash(29), MONDAY.plusDays(2)));
    }

    /** What comes later can only belong to a later day: an idle partition's day is closed by its seal. */
    @Test
    void aDayWithoutRecordsIsSealedAndClosed() {
        Manifest quiet = Manifest.empty(CHAIN);
        Manifest sealed = quiet.seal(digest(quiet, MONDAY, null));

        assertThat(sealed.head()).isEqualTo(new Head(-1, GENESIS, MONDAY.plusDays(1)));
        assertThatThrownBy(() -> sealed.extend(one, GENESIS)).isInstanceOf(ManifestConflict.class);
        assertThat(sealed.extend(three, GENESIS).files()).containsExactly(three);
    }

    @Test
    void refusesADigestOfSomethingElse() {
        Digest stale = digest(all, MONDAY, FIRST);
        Manifest compacted = all.compact(List.of(one, two), whole());

        assertThatThrownBy(() -> compacted.seal(stale)).isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> all.seal(stale).seal(stale)).isInstanceOf(ManifestConflict.class);
    }

    private SealedFile whole() {
        return new SealedFile(new FileName(MONDAY, 4, 0, 19).text(), 0, 19, 18, 1900, hash(-1), hash(19));
    }

    @Test
    void takesOneFileForSeveral() {
        Manifest compacted = all.compact(List.of(one, two), whole());

        assertThat(compacted.files()).containsExactly(whole(), three);
        assertThat(compacted.knows(one)).isTrue();
        assertThatThrownBy(() -> all.compact(List.of(one, three), whole())).isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> all.compact(List.of(two, three), file(MONDAY, 12, 29)))
                .isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> compacted.compact(List.of(one, two), whole())).isInstanceOf(ManifestConflict.class);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        Manifest sealed = all.seal(digest(all, MONDAY, FIRST));
        Manifest quiet = Manifest.empty(CHAIN).seal(digest(Manifest.empty(CHAIN), MONDAY, null));

        for (Manifest manifest : List.of(Manifest.empty(CHAIN), all, sealed, quiet)) {
            assertThat(Manifest.of(manifest.toBytes())).isEqualTo(manifest);
        }
        assertThatThrownBy(() -> Manifest.of("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}

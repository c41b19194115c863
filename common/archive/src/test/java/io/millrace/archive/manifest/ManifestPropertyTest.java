package io.millrace.archive.manifest;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a manifest in whichever order: it only grows, and each record is in one place of it. */
class ManifestPropertyTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 4);
    private static final int STEPS = 300;

    private Random random;
    private Manifest manifest = Manifest.empty(CHAIN);
    private LocalDate day = MONDAY;
    private long sealedRecords;
    private long records;

    private static Hash hash(long offset) {
        return offset < 0
                ? new Chain(CHAIN).genesis()
                : Sha256.of(Long.toString(offset).getBytes(StandardCharsets.UTF_8));
    }

    private static SealedFile file(LocalDate day, long first, long last, long records) {
        return new SealedFile(
                new FileName(day, 4, first, last).text(), first, last, records, 1_000, hash(first), hash(last));
    }

    private void extend() {
        long before = manifest.head().lastOffset();
        long first = before + 1 + random.nextInt(3);
        long last = first + random.nextInt(5);
        SealedFile next = file(day, first, last, last - first + 1);

        assertThatThrownBy(() -> manifest.extend(next, hash(before + 1))).isInstanceOf(ManifestConflict.class);
        if (before >= 0) {
            assertThatThrownBy(() -> manifest.extend(file(day, before, last, 1), hash(before)))
                    .isInstanceOf(ManifestConflict.class);
        }
        manifest = manifest.extend(next, hash(before));
        records += next.records();
        assertThat(manifest.knows(next)).isTrue();
        assertThat(manifest.head().lastOffset()).isEqualTo(last);
        assertThat(manifest.head().lastHash()).isEqualTo(hash(last));
    }

    private void compact() {
        List<SealedFile> open = manifest.filesOf(day);
        if (open.size() < 2) {
            return;
        }
        int from = random.nextInt(open.size() - 1);
        List<SealedFile> some = open.subList(from, from + 2 + random.nextInt(open.size() - from - 1));
        long sum = some.stream().mapToLong(SealedFile::records).sum();
        long first = some.get(0).firstOffset();
        long last = some.get(some.size() - 1).lastOffset();
        Head before = manifest.head();

        assertThatThrownBy(() -> manifest.compact(some, file(day, first, last, sum + 1)))
                .isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> manifest.compact(some, file(day.plusDays(1), first, last, sum)))
                .isInstanceOf(ManifestConflict.class);
        manifest = manifest.compact(some, file(day, first, last, sum));
        assertThat(manifest.head()).isEqualTo(before);
    }

    private void seal() {
        LocalDate sealed = day;
        Hash first = manifest.filesOf(sealed).isEmpty()
                ? null
                : hash(manifest.filesOf(sealed).get(0).firstOffset());
        SealedHead before = manifest.sealed();
        Digest digest = new Digest(
                CHAIN,
                10,
                sealed,
                before == null ? 0 : before.sequence() + 1,
                before == null ? Hash.ZERO : before.digest(),
                manifest.segment(sealed, first),
                Hash.ZERO,
                Instant.EPOCH);
        long offset = manifest.head().lastOffset();

        manifest = manifest.seal(digest);
        sealedRecords += digest.segment().records();
        day = day.plusDays(1);
        assertThat(manifest.isSealed(sealed)).isTrue();
        assertThat(manifest.isSealed(day)).isFalse();
        assertThat(manifest.head().lastOffset()).isEqualTo(offset);
        assertThat(manifest.head().day()).isEqualTo(day);
        assertThatThrownBy(() -> manifest.seal(digest)).as("again").isInstanceOf(ManifestConflict.class);
        assertThatThrownBy(() -> manifest.extend(file(sealed, offset + 1, offset + 1, 1), hash(offset)))
                .as("a record that comes too late")
                .isInstanceOf(ManifestConflict.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void holdsEachRecordOnceWhateverIsDone(long seed) throws IOException {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0 -> compact();
                case 1 -> seal();
                default -> extend();
            }
            assertThat(sealedRecords
                            + manifest.files().stream()
                                    .mapToLong(SealedFile::records)
                                    .sum())
                    .isEqualTo(records);
            expectInOrder();
            assertThat(Manifest.of(manifest.toBytes())).isEqualTo(manifest);
        }
        assertThat(sealedRecords).as("the control").isPositive();
    }

    private void expectInOrder() {
        List<SealedFile> files = new ArrayList<>(manifest.files());
        SealedHead sealed = manifest.sealed();
        long before = sealed == null ? -1 : sealed.lastOffset();
        for (SealedFile file : files) {
            assertThat(file.firstOffset()).isGreaterThan(before);
            before = file.lastOffset();
        }
    }
}

package io.millrace.archive.verify;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.SampleEntries;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is right is found right, and what cannot be proven is told. */
class VerifierTest {

    @TempDir
    Path root;

    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;

    @BeforeEach
    void write() {
        archive = SampleArchive.whole(root, keys.signingKey());
    }

    private Report verify(VerifyOptions options) throws IOException {
        return Verifier.verify(archive.folder(), keys.publicKeys(), options);
    }

    @Test
    void countsWhatIsSealedAndWhatOnlyFollowsByTheChain() throws IOException {
        Report report = verify(VerifyOptions.EVERYTHING);

        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.archive()).isEqualTo("test");
        assertThat(report.sealed()).isEqualTo(7 * 5);
        assertThat(report.chained()).isEqualTo(2 * 2);
        assertThat(report.sealedThrough()).isEqualTo(Map.of(0, MONDAY.plusDays(2), 1, MONDAY.plusDays(2)));
    }

    @Test
    void readsOnlyTheDaysThatWereAskedFor() throws IOException {
        Report report = verify(new VerifyOptions(null, MONDAY.plusDays(1), MONDAY.plusDays(2), null));

        assertThat(report.findings()).isEmpty();
        assertThat(report.sealed()).isEqualTo(7 * 3);
        assertThat(report.chained()).isZero();
    }

    @Test
    void aDayThatIsNotSealedIsMissingIfItWasAskedFor() throws IOException {
        Report report = verify(new VerifyOptions(null, null, MONDAY.plusDays(3), null));

        assertThat(report.findings())
                .extracting(Finding::where)
                .containsExactly("digests/dt=2026-03-05/0.json", "digests/dt=2026-03-05/1.json");
    }

    @Test
    void holdsBesideAWitnessThatHasTheSameDigests(@TempDir Path other) throws IOException {
        SampleArchive.whole(other, keys.signingKey());

        assertThat(verify(new VerifyOptions("test", null, null, new LocalFolder(other)))
                        .findings())
                .isEmpty();
    }

    @Test
    void refusesAnArchiveOfAnotherName() throws IOException {
        assertThat(verify(new VerifyOptions("production", null, null, null)).holds())
                .isFalse();
    }

    @Test
    void anEmptyFolderProvesNothing(@TempDir Path empty) throws IOException {
        Report report = Verifier.verify(new LocalFolder(empty), keys.publicKeys(), VerifyOptions.EVERYTHING);

        assertThat(report.holds()).isFalse();
        assertThat(report.findings())
                .extracting(Finding::what)
                .containsExactly("there is no digest: nothing is proven");
    }

    @Test
    void aFileThatCameAfterTheManifestIsCountedAndProvesNothing() throws IOException {
        SampleEntries later = new SampleEntries(SampleArchive.chain(0), 0);
        later.next(MONDAY, 100);
        archive.write(0, MONDAY.plusDays(3), later.next(MONDAY.plusDays(3), 1));

        Report report = verify(VerifyOptions.EVERYTHING);

        assertThat(report.findings()).isEmpty();
        assertThat(report.unlisted()).isEqualTo(1);
    }

    @Test
    void leavesOutFilesThatAreBeingWritten() throws IOException {
        archive.put("audit/dt=2026-03-05/.0-99-100.parquet.inprogress", new byte[] {1});

        assertThat(verify(VerifyOptions.EVERYTHING).findings()).isEmpty();
    }

    @Test
    void holdsInTheMomentBetweenADigestAndItsManifest() throws IOException {
        byte[] before = archive.bytes("manifests/0.json");
        archive.seal(0, MONDAY.plusDays(3), keys.signingKey());
        archive.put("manifests/0.json", before);

        Report report = verify(VerifyOptions.EVERYTHING);

        assertThat(report.findings()).isEmpty();
        assertThat(report.sealed()).isEqualTo(7 * 5 + 2);
    }

    @Test
    void keysFollowEachOther(@TempDir Path other) throws IOException {
        TestKeys second = TestKeys.make();
        SampleArchive rotated = SampleArchive.whole(other, keys.signingKey());
        for (int partition = 0; partition < SampleArchive.PARTITIONS; partition++) {
            rotated.seal(partition, MONDAY.plusDays(3), second.signingKey());
        }
        TestKeys both = new TestKeys(keys.publicPem() + second.publicPem(), "");
        TestKeys turned = new TestKeys(second.publicPem() + keys.publicPem(), "");

        assertThat(Verifier.verify(rotated.folder(), both.publicKeys(), VerifyOptions.EVERYTHING)
                        .findings())
                .isEmpty();
        assertThat(Verifier.verify(rotated.folder(), turned.publicKeys(), VerifyOptions.EVERYTHING)
                        .findings())
                .extracting(Finding::where)
                .containsExactly("digests/dt=2026-03-05/0.json", "digests/dt=2026-03-05/1.json");
    }
}

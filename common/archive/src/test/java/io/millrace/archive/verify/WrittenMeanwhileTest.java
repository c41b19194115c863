package io.millrace.archive.verify;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.sample.InterruptedFolder;
import io.millrace.archive.sample.InterruptedFolder.Happening;
import io.millrace.archive.sample.MemoryFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import io.millrace.archive.write.Compactor;
import io.millrace.archive.write.Manifests;
import io.millrace.archive.write.Sealer;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The archive's writer goes on while it is verified: nothing of what it does looks wrong, at whichever moment. */
class WrittenMeanwhileTest {

    private static final LocalDate OPEN = MONDAY.plusDays(3);

    private final TestKeys keys = TestKeys.make();

    @Test
    void filesThatAreJoinedAreNotMissing() throws IOException {
        int moments = atEachMoment((archive, witness) ->
                compactor(archive).compact(manifests(archive).read(0), OPEN));

        assertThat(moments).isGreaterThan(20);
    }

    @Test
    void aDayThatIsSealedIsKnown() throws IOException {
        int moments = atEachMoment((archive, witness) -> {
            Sealer sealer =
                    new Sealer(manifests(archive), compactor(archive), keys.signingKey(), InstantSource.system());
            SignedDigest sealed = sealer.seal(0, OPEN, SampleArchive.PARTITIONS);
            witness.replace(sealed.digest().name(), sealed.toBytes());
        });

        assertThat(moments).isGreaterThan(20);
    }

    @Test
    void filesThatComeAreExpected() throws IOException {
        int moments = atEachMoment((archive, witness) -> {
            archive.add(0, OPEN, 3);
            archive.add(1, OPEN, 3);
        });

        assertThat(moments).isGreaterThan(20);
    }

    /** The control: what is removed stays removed, and is found whenever it was looked for afterwards. */
    @Test
    void aFileThatIsRemovedIsMissing() throws IOException {
        MemoryFolder witness = new MemoryFolder();
        SampleArchive archive = archive(witness);
        String removed = archive.manifest(0).filesOf(OPEN).get(0).name();

        Report report = verify(archive, witness, 3, () -> archive.remove(removed));

        assertThat(report.findings()).hasSize(1);
        assertThat(report.findings().get(0).what()).contains("the file is missing");
    }

    /** The control: an archive that never comes to rest is not taken for a right one if something stays wrong. */
    @Test
    void whatStaysWrongIsFoundHoweverMuchElseChanges() throws IOException {
        MemoryFolder witness = new MemoryFolder();
        SampleArchive archive = archive(witness);
        String removed = archive.manifest(1).filesOf(OPEN).get(0).name();
        archive.remove(removed);

        Report report = verify(
                archive,
                witness,
                5,
                () -> compactor(archive).compact(manifests(archive).read(0), OPEN));

        assertThat(report.findings()).extracting(Finding::where).containsExactly(removed);
    }

    private interface Change {
        void in(SampleArchive archive, WritableFolder witness) throws IOException;
    }

    /** Returns how many moments there were. */
    private int atEachMoment(Change change) throws IOException {
        int moment = 1;
        while (true) {
            MemoryFolder witness = new MemoryFolder();
            SampleArchive archive = archive(witness);
            int[] happened = {0};
            Report report = verify(archive, witness, moment, () -> {
                happened[0]++;
                change.in(archive, witness);
            });
            assertThat(report.findings()).as("before glance " + moment).isEmpty();
            if (happened[0] == 0) {
                return moment - 1;
            }
            moment++;
        }
    }

    private SampleArchive archive(MemoryFolder witness) throws IOException {
        SampleArchive archive = SampleArchive.whole(new MemoryFolder(), keys.signingKey());
        archive.add(0, OPEN, 4);
        archive.add(0, OPEN, 3);
        for (String digest : archive.folder().list("digests")) {
            witness.replace(digest, archive.bytes(digest));
        }
        return archive;
    }

    private Report verify(SampleArchive archive, MemoryFolder witness, int before, Happening happening)
            throws IOException {
        VerifyOptions options = new VerifyOptions(SampleArchive.NAME, null, null, List.of(Witness.of(witness)), 1);
        return Verifier.verify(new InterruptedFolder(archive.folder(), before, happening), keys.publicKeys(), options);
    }

    private static Manifests manifests(SampleArchive archive) {
        return new Manifests(archive.folder(), SampleArchive.NAME, "audit-logs");
    }

    private static Compactor compactor(SampleArchive archive) {
        return new Compactor(manifests(archive), 1 << 20);
    }
}

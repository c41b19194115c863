package io.millrace.archive.verify;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was read before is not read again, and what is new, missing or read anew is found. */
class VerifiedFilesTest {

    @TempDir
    Path root;

    private final TestKeys keys = TestKeys.make();
    private final VerifiedFiles verified = new VerifiedFiles();
    private SampleArchive archive;

    @BeforeEach
    void writeAndVerify() throws IOException {
        archive = SampleArchive.whole(root, keys.signingKey());
        assertThat(verify().holds()).isTrue();
    }

    private Report verify() throws IOException {
        return Verifier.verify(archive.folder(), keys.publicKeys(), VerifyOptions.EVERYTHING, verified);
    }

    private String first() {
        return archive.files(0, MONDAY).get(0);
    }

    private void flip(String name) {
        byte[] bytes = archive.bytes(name);
        bytes[bytes.length / 2] ^= 1;
        archive.put(name, bytes);
    }

    @Test
    void countsTheSameTheSecondTime() throws IOException {
        Report again = verify();

        assertThat(again.findings()).isEmpty();
        assertThat(again.sealed()).isEqualTo(7 * 5);
        assertThat(again.chained()).isEqualTo(2 * 2);
        assertThat(verified.count()).isEqualTo(2 * 5 + 2);
    }

    @Test
    void aFileThatChangedIsFoundOnceItIsReadAnew() throws IOException {
        flip(first());

        assertThat(verify().holds()).isTrue();
        verified.clear();
        assertThat(verify().findings()).extracting(Finding::where).containsExactly(first());
    }

    @Test
    void aFileThatIsMissingIsFoundAtOnceAndReadIfItComesBack() throws IOException {
        byte[] bytes = archive.bytes(first());
        String name = first();
        archive.remove(name);

        assertThat(verify().findings()).extracting(Finding::where).containsExactly(name);
        archive.put(name, bytes);
        flip(name);
        assertThat(verify().findings()).extracting(Finding::where).containsExactly(name);
    }

    @Test
    void aNewFileIsRead() throws IOException {
        String name = archive.add(0, MONDAY.plusDays(3), 5).name();
        flip(name);

        assertThat(verify().findings()).extracting(Finding::where).containsExactly(name);
    }

    @Test
    void whatIsWrongIsReadEachTime() throws IOException {
        verified.clear();
        flip(first());

        assertThat(verify().findings()).isEqualTo(verify().findings()).hasSize(1);
    }

    @Test
    void whatIsNotNamedAnyLongerIsForgotten() throws IOException {
        String digest = "digests/dt=" + MONDAY.plusDays(2) + "/1.json";
        archive.remove(digest);

        assertThat(verify().holds()).isFalse();
        assertThat(verified.count()).isLessThan(2 * 5 + 2);
    }
}

package io.millrace.archive.verify;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.Segment;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who can write into the archive, and has no key, wants no verdict at all: a verifier that falls, or never ends. What they
 * write is a finding like any other.
 */
class HostileArchiveTest {

    private static final int MOST = 1_100;

    @TempDir
    private Path root;

    private final TestKeys keys = TestKeys.make();
    private SampleArchive archive;

    @BeforeEach
    void write() {
        archive = SampleArchive.whole(root, keys.signingKey());
    }

    private List<Finding> findings() throws IOException {
        return Verifier.verify(archive.folder(), keys.publicKeys(), VerifyOptions.EVERYTHING)
                .findings();
    }

    private Digest last() throws IOException {
        return SignedDigest.of(archive.bytes(Digest.name(MONDAY.plusDays(2), 0)))
                .digest();
    }

    private void forge(int partitions, Segment segment) throws IOException {
        Digest last = last();
        Digest forged = new Digest(
                last.chain(),
                partitions,
                last.day(),
                last.sequence(),
                last.previousDigest(),
                segment,
                last.keyId(),
                last.sealedAt());
        archive.put(forged.name(), new SignedDigest(forged, new byte[64]).toBytes());
    }

    @Test
    void theControlNothingIsWrong() throws IOException {
        assertThat(findings()).isEmpty();
    }

    @Test
    void aDigestThatSpeaksOfTwoBillionPartitionsIsOneFindingAndNotTwoBillion() throws IOException {
        forge(Integer.MAX_VALUE, last().segment());

        List<Finding> findings = findings();

        assertThat(findings).hasSizeLessThan(MOST);
        assertThat(findings)
                .extracting(Finding::what)
                .anyMatch(what -> what.contains("its signature is not one of the key"))
                .anyMatch(what -> what.contains("the partition has no digest, and those behind it are not looked for"));
    }

    static List<String> names() {
        return List.of(
                "",
                "/etc/passwd",
                "audit/../../../../etc/passwd",
                "audit/dt=2026-03-04/../dt=2026-03-04/0-1-2.parquet",
                "audit/dt=2026-03-04/0-1-2.parquet/",
                "audit/dt=2026-02-30/0-1-2.parquet",
                "audit/a:b",
                "\u0000",
                "a".repeat(100_000));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("names")
    void aDigestThatNamesWhatNoFileCanBeCalledIsAFinding(String name) throws IOException {
        SealedFile file = new SealedFile(name, 90, 99, 10, 1_000, Hash.ZERO, Hash.ZERO);
        forge(
                SampleArchive.PARTITIONS,
                new Segment(List.of(file), last().segment().previousHash(), Hash.ZERO));

        assertThat(findings())
                .filteredOn(finding -> finding.where().equals(name))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Finding.Kind.FILE);
                    assertThat(finding.what()).isEqualTo("no file of records is called so");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0x19, 0x1c, 0xff, 0x00})
    void aFileWhoseMetadataNeverEndsIsAFinding(int each) throws IOException {
        String name = archive.files(0, MONDAY).get(0);
        byte[] file = new byte[(1 << 20) + 12];
        Arrays.fill(file, (byte) each);
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, file, 0, 4);
        System.arraycopy(magic, 0, file, file.length - 4, 4);
        System.arraycopy(new byte[] {0, 0, 0x10, 0}, 0, file, file.length - 8, 4);
        archive.put(name, file);

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.where()).isEqualTo(name);
            assertThat(finding.what()).contains("it cannot be read from this record on");
        });
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"digest\":null,\"signature\":\"\"}",
                "{\"digest\":{},\"signature\":\"\"}",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
                "\u0000\uffff"
            })
    void whatStandsInTheDigestsPlaceIsAFinding(String text) throws IOException {
        String name = Digest.name(MONDAY.plusDays(1), 0);
        archive.put(name, text.getBytes(StandardCharsets.UTF_8));

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.where()).isEqualTo(name);
            assertThat(finding.what()).startsWith("it is no digest");
        });
    }

    @Test
    void aManifestThatNamesWhatNoFileCanBeCalledIsAFinding() throws IOException {
        Manifest manifest = archive.manifest(0);
        SealedFile file = new SealedFile("audit/a:b", 90, 99, 10, 1_000, Hash.ZERO, Hash.ZERO);
        archive.put(Manifest.name(0), new Manifest(manifest.chain(), manifest.sealed(), List.of(file)).toBytes());

        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.where()).isEqualTo(Manifest.name(0));
            assertThat(finding.what()).contains("it is no manifest", "audit/a:b");
        });
    }
}

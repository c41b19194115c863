package io.millrace.archive.expire;

import static io.millrace.archive.sample.SampleArchive.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.digest.Expiry;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.sample.FailingFolder;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import io.millrace.archive.verify.Finding;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed between any two steps and run again, expiry ends the same, and a verifier finds nothing wrong in between. */
class ExpirerCrashTest {

    /** Both statements and three days of files, each begun and finished, at most. */
    private static final int MOST_CHANGES = 40;

    @TempDir
    Path folder;

    private final TestKeys keys = TestKeys.make();

    @Test
    void anyDeathAndAnotherRunEndTheSame() throws IOException {
        Map<String, String> whole = run(folder.resolve("whole"), MOST_CHANGES);
        int deaths = 0;
        for (int changes = 0; changes < MOST_CHANGES; changes++) {
            Path place = folder.resolve("after-" + changes);
            Map<String, String> ended = run(place, changes);

            assertThat(ended).as("killed after %d changes", changes).isEqualTo(whole);
            deaths += Files.exists(place.resolve("died")) ? 1 : 0;
        }
        assertThat(deaths).as("the control: it did die").isGreaterThan(10);
    }

    private Map<String, String> run(Path place, int changes) throws IOException {
        SampleArchive archive = SampleArchive.whole(place.resolve("archive"), keys.signingKey());
        LocalFolder witness = new LocalFolder(place.resolve("witness"));
        FailingFolder mortal = new FailingFolder(archive.folder());
        FailingFolder mortalWitness = new FailingFolder(witness);
        mortal.dieAfter(changes);
        mortalWitness.dieAfter(changes / 3);
        try {
            expire(mortal, mortalWitness, "2026-03-09T01:00:00Z");
        } catch (IOException e) {
            assertThat(e).hasMessage("the machine is dead");
            Files.createFile(place.resolve("died"));
        }
        expectNothingWrong(archive, witness);
        expire(archive.folder(), witness, "2026-03-09T01:00:00Z");
        expectNothingWrong(archive, witness);
        return state(place);
    }

    private void expire(WritableFolder archive, WritableFolder witness, String now) throws IOException {
        Expirer expirer = new Expirer(archive, witness, keys.publicKeys(), 1, () -> Instant.parse(now));
        for (DueDay due : expirer.due()) {
            expirer.remove(due, List.of(), keys.signingKey());
        }
    }

    private void expectNothingWrong(SampleArchive archive, LocalFolder witness) throws IOException {
        VerifyOptions options = new VerifyOptions(null, null, null, witness);
        assertThat(Verifier.verify(archive.folder(), keys.publicKeys(), options).findings())
                .isEmpty();
    }

    private static Map<String, String> state(Path place) throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (String top : List.of("archive", "witness")) {
            LocalFolder each = new LocalFolder(place.resolve(top));
            for (String name : each.list("")) {
                if (!name.contains("/.")) {
                    // signatures of Ed25519 are the same for the same bytes
                    state.put(top + "/" + name, HexFormat.of().formatHex(each.read(name, 1 << 20)));
                }
            }
        }
        return state;
    }

    @Test
    void theStatementOfTheFirstRunIsTakenByTheNext() throws IOException {
        SampleArchive archive = SampleArchive.whole(folder.resolve("archive"), keys.signingKey());
        LocalFolder witness = new LocalFolder(folder.resolve("witness"));
        FailingFolder mortal = new FailingFolder(archive.folder());
        mortal.dieAfter(0);
        assertThatThrownBy(() -> expire(mortal, witness, "2026-03-09T01:00:00Z"))
                .isInstanceOf(IOException.class);
        byte[] first = witness.read(Expiry.name(MONDAY, 0), 1 << 20);
        assertThat(archive.folder().has(Expiry.name(MONDAY, 0))).isFalse();

        expire(archive.folder(), witness, "2026-04-01T00:00:00Z");

        assertThat(archive.bytes(Expiry.name(MONDAY, 0))).isEqualTo(first);
        assertThat(Verifier.verify(archive.folder(), keys.publicKeys(), VerifyOptions.EVERYTHING)
                        .findings())
                .extracting(Finding::where)
                .isEmpty();
    }
}

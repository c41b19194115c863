package io.millrace.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.verify.SealedEnd;
import io.millrace.audit.watch.Watched.Sighting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** State as it was written once; to write it anew, run with {@code -Dmillrace.golden=write}. */
class WatchedFormTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", ArchiveWatch.UID + ".state");

    private static final Watched WATCHED = new Watched(
            1_772_672_400_000L,
            new TreeMap<>(Map.of(
                    0, end(LocalDate.of(2026, 3, 4), 2),
                    1, end(LocalDate.of(2026, 3, 3), 1))),
            new TreeMap<>(Map.of(
                    new Place("record", "audit/dt=2026-03-02/0-0-2.parquet"), new Sighting(1_772_672_400_000L, true),
                    new Place("unverified", "s3://audit/production"), new Sighting(1_772_676_000_000L, false))));

    private final WatchedForm form = new WatchedForm();

    static SealedEnd end(LocalDate day, long sequence) {
        return new SealedEnd(day, sequence, Sha256.of(day.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsWhatWasWrittenOnce() throws IOException {
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.write(GOLDEN, form.serialize(WATCHED));
        }
        assertThat(form.deserialize(form.getVersion(), Files.readAllBytes(GOLDEN)))
                .isEqualTo(WATCHED);
    }

    @Test
    void writesNothingInFewBytes() throws IOException {
        byte[] bytes = form.serialize(Watched.NOTHING);

        assertThat(bytes).hasSizeLessThan(20);
        assertThat(form.deserialize(form.getVersion(), bytes)).isEqualTo(Watched.NOTHING);
    }
}

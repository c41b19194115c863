package io.millrace.audit.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.file.LocalFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of what a dead process left, that of a sealed day goes, and nothing else. */
class LeftoversTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final String DAY = "audit/dt=2026-03-02/";

    /** Hidden files of partition 3, of which nobody will make one that is seen. */
    private static final List<String> LEFT = List.of(
            DAY + ".3-0-9.parquet.inprogress.4f1c",
            DAY + ".3-10-19.parquet.inprogress.00000000-0000-0000-0000-000000000000");

    /** Everything else, however like it. */
    private static final List<String> KEPT = List.of(
            DAY + "3-0-9.parquet",
            DAY + "3-0-9.parquet.inprogress.4f1c",
            DAY + ".13-0-9.parquet.inprogress.4f1c",
            DAY + ".30-0-9.parquet.inprogress.4f1c",
            DAY + ".4-0-9.parquet.inprogress.4f1c",
            DAY + ".3-0-9.parquet",
            DAY + ".3-0-9.parquet.inprogress",
            DAY + ".3-0-9.csv.inprogress.4f1c",
            DAY + ".3-00-9.parquet.inprogress.4f1c",
            DAY + "._probe",
            DAY + "sub/.3-0-9.parquet.inprogress.4f1c",
            "audit/dt=2026-03-01/.3-0-9.parquet.inprogress.4f1c",
            "audit/dt=2026-03-03/.3-0-9.parquet.inprogress.4f1c",
            "audit/dt=2026-03-021/.3-0-9.parquet.inprogress.4f1c");

    @TempDir
    private Path root;

    private void write(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    @Test
    void thoseOfThePartitionsDayAreRemovedAndNoOthers() throws IOException {
        for (String name : LEFT) {
            write(name);
        }
        for (String name : KEPT) {
            write(name);
        }
        LocalFolder folder = new LocalFolder(root);

        new Leftovers(folder).remove(3, MONDAY);

        assertThat(folder.list("")).containsExactlyInAnyOrderElementsOf(KEPT);
        new Leftovers(folder).remove(3, MONDAY);
        assertThat(folder.list("")).as("again").hasSize(KEPT.size());
    }

    @Test
    void aDayThatBroughtNothingHasNone() throws IOException {
        new Leftovers(new LocalFolder(root)).remove(3, MONDAY);

        assertThat(new LocalFolder(root).list("")).isEmpty();
    }
}

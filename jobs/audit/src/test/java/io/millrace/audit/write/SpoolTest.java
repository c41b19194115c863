package io.millrace.audit.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that wait on the local disk for the name of their file. */
class SpoolTest {

    @TempDir
    private Path folder;

    private static byte[] copied(Spool spool) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        spool.copyTo(out);
        return out.toByteArray();
    }

    /** Around the size of its buffer, and of several: an upload that failed is begun anew. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void areAllThereHoweverOftenTheyAreCopied(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        try (Spool spool = new Spool(folder)) {
            for (int at = 0; at < size; at += 50_000) {
                spool.stream().write(bytes, at, Math.min(50_000, size - at));
            }

            assertThat(copied(spool)).isEqualTo(bytes);
            assertThat(copied(spool)).as("again").isEqualTo(bytes);
        }
    }

    @Test
    void leaveNothingBehind() throws IOException {
        Spool spool = new Spool(folder);
        spool.stream().write(new byte[100_000]);
        spool.close();

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        assertThatThrownBy(() -> copied(spool)).isInstanceOf(IOException.class);
    }

    @Test
    void ofTwoFilesAreTwo() throws IOException {
        try (Spool one = new Spool(folder);
                Spool two = new Spool(folder)) {
            one.stream().write(1);
            two.stream().write(2);

            assertThat(copied(one)).containsExactly(1);
            assertThat(copied(two)).containsExactly(2);
        }
    }

    @Test
    void needAFolder() {
        assertThatThrownBy(() -> new Spool(folder.resolve("none"))).isInstanceOf(IOException.class);
    }
}

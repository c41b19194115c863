package io.millrace.audit.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder by Flink's file systems does what one of this machine does. */
class FoldersTest {

    @TempDir
    Path root;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        WritableFolder folder = FlinkFolder.of(root.toUri().toString());
        folder.replace("a/b/one.json", bytes("one"));
        folder.replace("a/two.json", bytes("two"));
        folder.replace("a/two.json", bytes("other"));

        assertThat(folder.list("a")).containsExactly("a/b/one.json", "a/two.json");
        assertThat(folder.list("b")).isEmpty();
        assertThat(folder.has("a/two.json")).isTrue();
        assertThat(folder.has("a/three.json")).isFalse();
        assertThat(folder.read("a/two.json", 10)).isEqualTo(bytes("other"));
        assertThat(new LocalFolder(root).read("a/b/one.json", 10)).isEqualTo(bytes("one"));
        folder.remove("a/two.json");
        folder.remove("a/two.json");
        assertThat(folder.has("a/two.json")).isFalse();
    }

    @Test
    void readsPartsOfAFile() throws IOException {
        WritableFolder folder = FlinkFolder.of(root.toUri().toString());
        folder.replace("digits", bytes("0123456789"));

        try (ArchiveFile file = folder.open("digits")) {
            assertThat(file.size()).isEqualTo(10);
            assertThat(file.read(7, 3)).isEqualTo(bytes("789"));
            assertThat(file.read(0, 2)).isEqualTo(bytes("01"));
            assertThatThrownBy(() -> file.read(8, 3)).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> folder.open("letters")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void showsNothingOfAFileThatWasNotFinished() throws IOException {
        WritableFolder folder = FlinkFolder.of(root.toUri().toString());
        folder.replace("manifest", bytes("old"));
        try (NewFile file = folder.create("manifest")) {
            file.stream().write(bytes("ne"));
            assertThat(folder.read("manifest", 10)).isEqualTo(bytes("old"));
        }
        assertThat(folder.read("manifest", 10)).isEqualTo(bytes("old"));
    }

    /** Other subtasks write, rename and remove files of their partitions meanwhile. */
    @Test
    void listsWhileFilesComeAndGo() throws Exception {
        LocalFolder folder = new LocalFolder(root);
        folder.replace("audit/stays", bytes("1"));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Thread writer = new Thread(() -> {
            while (!done.get()) {
                try {
                    folder.replace("audit/" + written.get() % 20, bytes("2"));
                    folder.remove("audit/" + written.incrementAndGet() % 20);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 500 || written.get() < 50; i++) {
                assertThat(folder.list("audit")).contains("audit/stays");
            }
        } finally {
            done.set(true);
            writer.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/audit, true",
        "file:///shared/audit, true",
        "hdfs://nodes/audit, false",
        "/shared/audit, false",
        "file:shared, false",
        "'a b', false"
    })
    void knowWhatCanBeAnAddress(String address, boolean can) {
        assertThat(Folders.isAddress(address)).isEqualTo(can);
    }

    @Test
    void tellWhichPluginIsMissing() {
        assertThatThrownBy(() -> Folders.open("s4://bucket/audit"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Flink has no file system for s4");
    }
}

package io.millrace.archive.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FilesInMemoryTest {

    private final TreeMap<String, byte[]> files =
            new TreeMap<>(Map.of("a/2", new byte[] {1, 2, 3}, "a/1", new byte[0], "ab/3", new byte[] {4}));

    private final FilesInMemory folder = new FilesInMemory(files);

    @Test
    void listsWhatIsBelowAFolderAlone() {
        assertThat(folder.list("a")).containsExactly("a/1", "a/2");
        assertThat(folder.list("b")).isEmpty();
        assertThat(folder.has("a/2")).isTrue();
        assertThat(folder.has("a")).isFalse();
        assertThatThrownBy(() -> folder.open("a")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void readsAPartThatIsAllThere() throws IOException {
        try (ArchiveFile file = folder.open("a/2")) {
            assertThat(file.size()).isEqualTo(3);
            assertThat(file.read(1, 2)).containsExactly(2, 3);
            assertThat(file.read(3, 0)).isEmpty();
            assertThatThrownBy(() -> file.read(2, 2)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> file.read(-1, 1)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aFileThatIsOpenStaysWhatItIs() throws IOException {
        try (ArchiveFile file = folder.open("ab/3")) {
            files.put("ab/3", new byte[] {5});

            assertThat(file.read(0, 1)).containsExactly(4);
        }
        assertThat(folder.read("ab/3", 1)).containsExactly(5);
    }
}

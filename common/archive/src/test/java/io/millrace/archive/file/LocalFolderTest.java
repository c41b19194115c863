package io.millrace.archive.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive in a folder: readers see whole files of it alone, and nobody reaches what is beside it. */
class LocalFolderTest {

    @TempDir
    private Path around;

    private LocalFolder folder;

    @BeforeEach
    void make() throws IOException {
        folder = new LocalFolder(Files.createDirectories(around.resolve("archive")));
        Files.writeString(around.resolve("secret"), "secret");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"../secret", "audit/../../secret", "audit/../..", "/etc/passwd", "\u0000", "a\u0000b"})
    void whatIsOutsideIsNotThere(String name) throws IOException {
        folder.replace("audit/inside", bytes("inside"));

        assertThat(folder.has(name)).isFalse();
        assertThatThrownBy(() -> folder.open(name)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> folder.create(name)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> folder.remove(name)).isInstanceOf(NoSuchFileException.class);
        assertThat(around.resolve("secret")).hasContent("secret");
    }

    @Test
    void aWayThatStaysInsideIsOne() throws IOException {
        folder.replace("audit/inside", bytes("inside"));

        assertThat(folder.has("digests/../audit/inside")).isTrue();
        assertThat(folder.read("audit/./inside", 10)).isEqualTo(bytes("inside"));
    }

    /** As {@code --archive .} names it. */
    @Test
    void aFolderThatIsNamedFromHereIsOne() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        LocalFolder relative =
                new LocalFolder(here.relativize(around.toAbsolutePath().resolve("archive")));
        folder.replace("audit/inside", bytes("inside"));

        assertThat(relative.has("audit/inside")).isTrue();
        assertThat(relative.read("audit/inside", 10)).isEqualTo(bytes("inside"));
        for (String name : new String[] {"", "."}) {
            assertThat(new LocalFolder(Path.of(name)).has("pom.xml")).isTrue();
            assertThat(new LocalFolder(Path.of(name)).read("pom.xml", 1 << 20)).isNotEmpty();
            assertThat(new LocalFolder(Path.of(name)).has("../pom.xml")).isFalse();
        }
    }

    @Test
    void aFileIsThereOnceItIsFinishedAndWhole() throws IOException {
        folder.replace("manifests/0.json", bytes("old"));
        try (ArchiveFile open = folder.open("manifests/0.json");
                NewFile next = folder.create("manifests/0.json")) {
            next.stream().write(bytes("n"));
            assertThat(folder.read("manifests/0.json", 10)).isEqualTo(bytes("old"));
            assertThat(folder.list("manifests"))
                    .as("readers leave hidden ones out")
                    .filteredOn(name -> !ArchiveFolder.isHidden(name))
                    .containsExactly("manifests/0.json");
            next.stream().write(bytes("ew"));
            next.finish();

            assertThat(folder.read("manifests/0.json", 10)).isEqualTo(bytes("new"));
            assertThat(open.read(0, 3))
                    .as("who had it open reads it to its end")
                    .isEqualTo(bytes("old"));
        }
        assertThat(folder.list("")).containsExactly("manifests/0.json");
    }

    @Test
    void whatWasNotFinishedLeavesNothing() throws IOException {
        try (NewFile file = folder.create("audit/x")) {
            file.stream().write(1);
        }

        assertThat(folder.has("audit/x")).isFalse();
        assertThat(folder.list("")).isEmpty();
    }

    @Test
    void listsWhatIsBelowSortedAndNothingOfWhatIsNotThere() throws IOException {
        for (String name : new String[] {"b/2", "a/10", "a/9", "a/b/c"}) {
            folder.replace(name, bytes(name));
        }

        assertThat(folder.list("a")).containsExactly("a/10", "a/9", "a/b/c");
        assertThat(folder.list("c")).isEmpty();
        assertThat(folder.list("b/2")).as("a file").isEmpty();
    }

    @Test
    void saysWhatIsTooLargeAndWhatIsNotThereToRead() throws IOException {
        folder.replace("file", bytes("123456"));

        assertThatThrownBy(() -> folder.read("file", 5)).hasMessage("file has 6 bytes; such a file has at most 5");
        assertThatThrownBy(() -> folder.open("none")).isInstanceOf(NoSuchFileException.class);
        try (ArchiveFile file = folder.open("file")) {
            assertThat(file.read(6, 0)).isEmpty();
            assertThatThrownBy(() -> file.read(4, 3)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> file.read(1L << 40, 1)).isInstanceOf(EOFException.class);
        }
        folder.remove("file");
        folder.remove("file");
        assertThat(folder.has("file")).isFalse();
    }

    /** The sum over blocks is that of the whole. */
    @Test
    void sumsAFileThatIsLargerThanABlock() throws IOException {
        byte[] large = new byte[(2 << 20) + 7];
        large[large.length - 1] = 1;
        folder.replace("large", large);

        try (ArchiveFile file = folder.open("large")) {
            assertThat(file.sha256()).isEqualTo(Sha256.of(large));
        }
    }
}

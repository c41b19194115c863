package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProgramTest {

    /** No JSON: npm refuses it. */
    private static final String WRONG = "{dependencies";

    @TempDir
    private Path folder;

    @BeforeEach
    void name() throws IOException {
        Files.writeString(folder.resolve("package.json"), WRONG);
    }

    @Test
    void whatNpmDoesNotInstallIsToldWithItsWords() {
        assertThatThrownBy(() -> new NodeProgram(folder).installPackages())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("npm could not install the packages of " + folder)
                .hasMessageContaining("package.json");
    }

    @Test
    void packagesThatAreThereAreNotInstalledAgain() throws IOException {
        Files.writeString(folder.resolve("installed.json"), WRONG);

        assertThatCode(() -> new NodeProgram(folder).installPackages()).doesNotThrowAnyException();
    }
}

package io.millrace.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationFolderTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheFilesInTheOrderOfTheirNumbers() throws IOException {
        write("0002_table.sql", "B");
        write("0001_schema.sql", "A");
        write("README.md", "not one");
        assertThat(MigrationFolder.read(folder))
                .containsExactly(new Migration(1, "schema", "A"), new Migration(2, "table", "B"));
    }

    @Test
    void saysEverythingThatIsWrongWithTheNames() throws IOException {
        write("0001_schema.sql", "A");
        write("0003_gap.sql", "B");
        write("1_short.sql", "C");
        write("0002-Dash.sql", "D");
        assertThatThrownBy(() -> MigrationFolder.read(folder))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("0003_gap.sql must have number 0002")
                .hasMessageContaining("1_short.sql must be named like 0001_what_it_does.sql")
                .hasMessageContaining("0002-Dash.sql must be named like");
    }

    @Test
    void aNumberUsedTwiceIsAnError() throws IOException {
        write("0001_a.sql", "A");
        write("0001_b.sql", "B");
        assertThatThrownBy(() -> MigrationFolder.read(folder)).hasMessageContaining("0001_b.sql must have number 0002");
    }

    @Test
    void aMissingFolderIsNamed() {
        assertThatThrownBy(() -> MigrationFolder.read(folder.resolve("none")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("none, does not exist");
    }

    @ParameterizedTest
    @CsvSource({"postgres,POSTGRES", "clickhouse,CLICKHOUSE"})
    void theProjectsMigrationsCanBeRead(String server, String dialect) throws IOException {
        Dialect rules = dialect.equals("POSTGRES") ? Dialect.POSTGRES : Dialect.CLICKHOUSE;
        assertThat(MigrationFolder.read(ProjectFolder.root().resolve("sql").resolve(server)))
                .isNotEmpty()
                .allSatisfy(migration ->
                        assertThat(Migrator.statements(migration, rules)).isNotEmpty());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}

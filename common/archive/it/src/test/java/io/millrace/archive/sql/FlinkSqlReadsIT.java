package io.millrace.archive.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink SQL reads what Millrace's own reader does, by the statement that docs/audit.md shows. */
class FlinkSqlReadsIT {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private static Path archive;

    private final TimeZone zone = TimeZone.getDefault();
    private final TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    FlinkSqlReadsIT() {
        flink.getConfig().set(ExecutionConfigOptions.TABLE_EXEC_RESOURCE_DEFAULT_PARALLELISM, 1);
    }

    @BeforeAll
    static void writeFiles() throws IOException {
        PartitionFiles first = new PartitionFiles(archive, 0);
        first.add(MONDAY, 1, 0);
        first.add(MONDAY, 2, 300);
        first.add(MONDAY.plusDays(1), 1, 1);
        // more than one row group
        new PartitionFiles(archive, 1).add(MONDAY, 12, MEBIBYTE);
        Files.writeString(archive.resolve("audit/dt=2026-03-02/.0-18-18.parquet.inprogress"), "a part of a file");
    }

    @AfterEach
    void goHome() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York"})
    void readsEveryValue(String home) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(home));
        flink.executeSql(ShownTable.of(archive));

        List<Row> expected = rowsOfOwnReader();
        assertThat(expected).hasSize(48);
        assertThat(select("SELECT * FROM archive")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void movesTimesWhereItIsNotToldThatTheyAreInUtc() throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        flink.executeSql(
                ShownTable.of(archive).replace("'parquet.utc-timezone' = 'true'", "'parquet.utc-timezone' = 'false'"));

        assertThat(select("SELECT MIN(`timestamp`) FROM archive"))
                .containsExactly(Row.of(Instant.parse("2026-03-01T19:00:00Z")));
    }

    @Test
    void readsTheFilesOfADayAlone(@TempDir Path damaged) throws Exception {
        new PartitionFiles(damaged, 0).add(MONDAY, 3, 1);
        Files.createDirectory(damaged.resolve("audit/dt=2026-03-03"));
        Files.writeString(damaged.resolve("audit/dt=2026-03-03/0-18-18.parquet"), "as long as a footer");
        flink.executeSql(ShownTable.of(damaged));

        assertThat(select("SELECT COUNT(*) FROM archive WHERE dt = '2026-03-02'"))
                .containsExactly(Row.of(9L));
        assertThatThrownBy(() -> select("SELECT COUNT(*) FROM archive"))
                .rootCause()
                .hasMessageContaining("is not a Parquet file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYTES", "BINARY(32)"})
    void readsNoHash(String type) throws Exception {
        flink.executeSql(ShownTable.of(archive).replace("dt STRING", "`hash` " + type + ", dt STRING"));

        assertThat(select("SELECT COUNT(kind) FROM archive")).containsExactly(Row.of(48L));
        assertThatThrownBy(() -> select("SELECT `hash` FROM archive"))
                .rootCause()
                .hasMessage("Unexpected type: FIXED_LEN_BYTE_ARRAY");
    }

    private List<Row> select(String query) throws Exception {
        try (CloseableIterator<Row> rows = flink.executeSql(query).collect()) {
            List<Row> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            return all;
        }
    }

    private List<Row> rowsOfOwnReader() throws IOException {
        LocalFolder folder = new LocalFolder(archive);
        List<Row> rows = new ArrayList<>();
        for (String name : folder.list(FileName.FOLDER)) {
            Optional<FileName> read = FileName.of(name);
            if (read.isPresent()) {
                try (ArchiveFile file = folder.open(name)) {
                    ArchiveFileReader.of(file).read(row -> rows.add(row(read.get(), row.entry())));
                }
            }
        }
        return rows;
    }

    private static Row row(FileName file, Entry entry) {
        Fields fields = entry.fields();
        return Row.of(
                file.partition(),
                entry.offset(),
                Instant.ofEpochMilli(entry.timestamp()),
                fields.eventTime() == null ? null : Instant.ofEpochMilli(fields.eventTime()),
                fields.kind().text(),
                fields.eventId(),
                fields.eventType(),
                fields.userId(),
                fields.accessedBy(),
                fields.resourceId(),
                fields.metadata(),
                entry.content().key(),
                entry.content().headers(),
                entry.content().value(),
                file.day().toString());
    }
}

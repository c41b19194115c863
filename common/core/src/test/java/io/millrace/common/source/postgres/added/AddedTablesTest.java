package io.millrace.common.source.postgres.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Secret;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.TableLostException;
import io.millrace.common.source.postgres.TableNumbers;
import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class AddedTablesTest {

    private static final long PUBLISHED = 4_711;
    private static final AddedTable BEGUN = new AddedTable("public.b", new TableBegin(700, "16385:16390"), true);

    @Test
    void aNewJobHasNone() throws Exception {
        assertThat(unread(source(List.of(), "public.a", "public.b").createEnumerator(context(1))))
                .isEmpty();
    }

    @Test
    void aTableThatTheSavepointDoesNotKnowIsRead() throws Exception {
        AddedTables more = source(List.of(), "public.a", "public.b");

        assertThat(unread(more.restoreEnumerator(context(1), known("public.a"))))
                .containsExactly(AddedTable.unread("public.b", PUBLISHED));
        assertThat(unread(more.restoreEnumerator(context(1), known("public.a", "public.b"))))
                .isEmpty();
    }

    /** A savepoint of a job that could not take on tables. */
    @Test
    void whereTheSavepointKnowsNothingThePublicationTells() throws Exception {
        assertThat(unread(source(List.of("public.b"), "public.a", "public.b").createEnumerator(context(1))))
                .containsExactly(AddedTable.unread("public.b", PUBLISHED));
    }

    @Test
    void aTableThatComesBackIsReadAgain() throws Exception {
        KnownTables without = source(List.of(), "public.a")
                .restoreEnumerator(context(1), known("public.a", "public.b"))
                .snapshotState(1);

        assertThat(unread(source(List.of(), "public.a", "public.b").restoreEnumerator(context(1), without)))
                .containsExactly(AddedTable.unread("public.b", PUBLISHED));
    }

    @Test
    void aTableThatIsLeftOutIsNotReadToItsEnd() throws Exception {
        KnownTables waiting = new KnownTables(Set.of("public.a", "public.b"), List.of(BEGUN), Map.of());

        assertThat(unread(source(List.of(), "public.a").restoreEnumerator(context(1), waiting)))
                .isEmpty();
        assertThat(unread(source(List.of(), "public.a", "public.b").restoreEnumerator(context(1), waiting)))
                .containsExactly(BEGUN);
    }

    @Test
    void eachTableGoesToOneReaderAndComesBackWhenThatOneFails() throws Exception {
        try (MockSplitEnumeratorContext<AddedTable> context = context(2)) {
            SplitEnumerator<AddedTable, KnownTables> tables =
                    source(List.of(), "public.a", "public.b", "public.c").restoreEnumerator(context, known());
            context.registerReader(new ReaderInfo(0, "here"));
            context.registerReader(new ReaderInfo(1, "here"));
            tables.addReader(0);
            tables.addReader(1);

            List<AddedTable> given = context.getSplitsAssignmentSequence().stream()
                    .flatMap(round -> round.assignment().values().stream())
                    .flatMap(Collection::stream)
                    .toList();
            assertThat(given)
                    .extracting(AddedTable::name)
                    .containsExactlyInAnyOrder("public.a", "public.b", "public.c");
            assertThat(unread(tables)).isEmpty();
            tables.addSplitsBack(List.of(BEGUN), 0);
            assertThat(unread(tables)).containsExactly(BEGUN);
        }
    }

    /** Bytes as they are in savepoints. */
    @Test
    void whatIsSavedIsReadInAnyLaterVersion() throws Exception {
        String table = "00087075626c69632e6200000000000002bc0c31363338353a313633393001";
        String tables = "00000001" + "00087075626c69632e61" + "00000001" + table;
        String numbers = "00000001" + "00087075626c69632e61" + "0000000000004001";
        KnownTables known = new KnownTables(Set.of("public.a"), List.of(BEGUN), Map.of());
        KnownTables numbered = new KnownTables(Set.of("public.a"), List.of(BEGUN), Map.of("public.a", 16_385L));

        assertThat(HexFormat.of().formatHex(AddedTableSerializer.INSTANCE.serialize(BEGUN)))
                .isEqualTo(table);
        assertThat(AddedTableSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(table)))
                .isEqualTo(BEGUN);
        assertThat(HexFormat.of().formatHex(KnownTablesSerializer.INSTANCE.serialize(numbered)))
                .isEqualTo(tables + numbers);
        assertThat(KnownTablesSerializer.INSTANCE.deserialize(2, HexFormat.of().parseHex(tables + numbers)))
                .isEqualTo(numbered);
        assertThat(KnownTablesSerializer.INSTANCE.deserialize(1, HexFormat.of().parseHex(tables)))
                .isEqualTo(known);
    }

    @Test
    void whatANewerVersionSavedIsRefused() {
        assertThatThrownBy(() -> AddedTableSerializer.INSTANCE.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("saved in version 2, by a newer Millrace");
        assertThatThrownBy(() -> KnownTablesSerializer.INSTANCE.deserialize(3, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("saved in version 3, by a newer Millrace");
    }

    @Test
    void aTableThatIsAnotherOneThanTheSavepointsEndsTheJob() throws Exception {
        KnownTables saved = numbered(Map.of("public.a", 1L, "public.b", 2L))
                .createEnumerator(context(1))
                .snapshotState(1);

        assertThatCode(() ->
                        restored(saved, Map.of("public.a", 1L, "public.b", 2L)).start())
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        restored(saved, Map.of("public.a", 2L, "public.b", 1L)).start())
                .isInstanceOf(TableLostException.class)
                .hasMessageStartingWith("Table public.b was renamed to public.a. What changes meanwhile");
        assertThatThrownBy(() ->
                        restored(saved, Map.of("public.a", 1L, "public.b", 3L)).start())
                .isInstanceOf(TableLostException.class)
                .hasMessageStartingWith(
                        "Table public.b was dropped and made anew, or another table got its name: it had"
                                + " the number 2, and has 3");
    }

    @Test
    void aTableThatWasLeftOutMeanwhileMayBeAnotherOne() throws Exception {
        KnownTables without = source(List.of(), "public.a")
                .restoreEnumerator(context(1), known("public.a", "public.b"))
                .snapshotState(1);

        assertThatCode(() -> restored(without, Map.of("public.a", 1L, "public.b", 3L))
                        .start())
                .doesNotThrowAnyException();
    }

    private static SplitEnumerator<AddedTable, KnownTables> restored(KnownTables saved, Map<String, Long> now)
            throws Exception {
        return numbered(now).restoreEnumerator(context(1), saved);
    }

    private static AddedTables numbered(Map<String, Long> numbers) {
        return source(
                new CaptureStart(PUBLISHED, PUBLISHED, List.of(), new TableNumbers(numbers)), "public.a", "public.b");
    }

    private static List<AddedTable> unread(SplitEnumerator<AddedTable, KnownTables> tables) throws Exception {
        return tables.snapshotState(1).unread();
    }

    private static KnownTables known(String... tables) {
        return new KnownTables(Set.of(tables), List.of(), Map.of());
    }

    private static MockSplitEnumeratorContext<AddedTable> context(int parallelism) {
        return new MockSplitEnumeratorContext<>(parallelism);
    }

    private static AddedTables source(List<String> unpublished, String... tables) {
        return source(new CaptureStart(PUBLISHED, PUBLISHED, unpublished), tables);
    }

    private static AddedTables source(CaptureStart start, String... tables) {
        PostgresAddress nowhere = new PostgresAddress("127.0.0.1", 1, "none", "none", new Secret(""));
        return new AddedTables(
                PostgresChangesConfig.of(nowhere, List.of(tables), "slot", "publication", "dbserver1"), start);
    }
}

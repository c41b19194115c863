package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Secret;
import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.source.postgres.Unchanged;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FillToastTest {

    /** Nobody listens there: whatever must be read back fails. */
    private static final PostgresAddress NOWHERE = new PostgresAddress("127.0.0.1", 1, "none", "none", new Secret(""));

    private static final int TEXT = 25;
    private static final int BYTEA = 17;
    private static final int CREATED = 700;
    private static final String BIO = "\"" + "b\\\"{,}".repeat(300) + "\"";

    private KeyedOneInputStreamOperatorTestHarness<String, RowChange, RowChange> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, RowChange, RowChange> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FillToast("cdc-capture", NOWHERE, Duration.ofMillis(300))),
                new RowKey(),
                Types.STRING);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void fillsALargeValueFromState() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));
        process(update(1, row(Unchanged.JSON, 2)));

        assertThat(lastRow()).isEqualTo(row(BIO, 2));
    }

    @Test
    void keepsItThroughManyUpdates() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));
        for (int visits = 2; visits < 6; visits++) {
            process(update(1, row(Unchanged.JSON, visits)));
            assertThat(lastRow()).isEqualTo(row(BIO, visits));
        }
    }

    @Test
    void forgetsARowThatIsDeleted() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

        process(Changes.change(Operation.DELETE, 1, null, 10, 0));

        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void forgetsAValueThatBecameSmall() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));
        process(update(1, row("\"short\"", 2)));

        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void forgetsWhatARowHadBeforeARestore() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(saved);
        harness.open();

        process(update(1, row("\"short\"", 2)));

        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void keepsTheOtherColumnWhenOneBecomesSmall() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, BIO)));
        process(update(1, row("\"short\"", BIO)));
        process(update(1, row("\"short\"", Unchanged.JSON)));

        assertThat(lastRow()).isEqualTo(row("\"short\"", BIO));
        process(update(1, row("\"short\"", 1)));
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void remembersNoSmallRow() throws Exception {
        process(Changes.snapshotRow(1, row("\"short\"", 1)));

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(lastRow()).isEqualTo(row("\"short\"", 1));
    }

    @Test
    void doesNotTakeAUsersTextForAGap() throws Exception {
        String text = "\"{\\\"unchanged\\\":true}\"";
        process(Changes.snapshotRow(1, row(text, 1)));

        assertThat(lastRow()).isEqualTo(row(text, 1));
    }

    @Test
    void letsNoGapThroughIfTheDatabaseCannotBeAsked() {
        assertThatThrownBy(() -> process(update(1, row(Unchanged.JSON, 2))))
                .hasMessageContaining("a row of public.users cannot be read back from")
                .hasMessageContaining("3 attempts");
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    /** As by {@code ALTER … TYPE text USING upper(bio)}: no change tells of it, and nothing else looks different. */
    @Test
    void readsBackWhatItRemembersFromBeforeTheColumnWasAltered() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));

        assertReadsBack(Changes.altered(CREATED + 1, update(1, row(Unchanged.JSON, 2))));
    }

    @Test
    void readsBackWhatItRemembersOfAnotherType() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));

        assertReadsBack(Changes.formed(new ColumnForms.Form(BYTEA, CREATED), 0, update(1, row(Unchanged.JSON, 2))));
    }

    @Test
    void readsBackIfNobodyTellsTheForm() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));

        assertReadsBack(update(1, row(Unchanged.JSON, 2)));
    }

    /** The catalog told of the form when more of the log was written: the value may be from before an ALTER between. */
    @Test
    void doesNotRememberWhatMayBeOfAnEarlierFormThanIsTold() throws Exception {
        ColumnForms.Form form = new ColumnForms.Form(TEXT, CREATED);
        harness.processElement(Changes.formed(form, 11, update(1, row(BIO, 1))), 0);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(lastRow()).isEqualTo(row(BIO, 1));

        harness.processElement(Changes.formed(form, 10, update(1, row(BIO, 1))), 0);
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    }

    /** As after a restart that goes on behind the end of the log. */
    @Test
    void keepsWhatItRemembersThoughTheCatalogWasAskedAnew() throws Exception {
        process(Changes.snapshotRow(1, row(BIO, 1)));
        for (int visits = 2; visits < 4; visits++) {
            RowChange update = update(1, row(Unchanged.JSON, visits));
            harness.processElement(Changes.formed(new ColumnForms.Form(TEXT, CREATED), 5_000, update), 0);
            assertThat(lastRow()).isEqualTo(row(BIO, visits));
        }
    }

    private void assertReadsBack(RowChange update) {
        int before = harness.extractOutputValues().size();
        assertThatThrownBy(() -> harness.processElement(update, 0))
                .hasMessageContaining("a row of public.users cannot be read back from");
        assertThat(harness.extractOutputValues()).hasSize(before);
    }

    private static String row(String bio, Object visits) {
        return "{\"id\":1,\"bio\":" + bio + ",\"visits\":" + visits + "}";
    }

    private static RowChange update(int id, String after) {
        return Changes.change(Operation.UPDATE, id, after, 10, 0);
    }

    /** Of a table whose columns nobody alters. */
    private void process(RowChange change) throws Exception {
        harness.processElement(Changes.altered(CREATED, change), 0);
    }

    private String lastRow() {
        List<RowChange> out = harness.extractOutputValues();
        return Changes.text(out.get(out.size() - 1).after());
    }
}

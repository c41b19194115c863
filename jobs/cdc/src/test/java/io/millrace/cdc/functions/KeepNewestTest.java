package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.source.postgres.CaptureStart;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepNewestTest {

    private static final String OTHER = "public.other";
    private static final long PUBLISHED = 700;

    private KeyedOneInputStreamOperatorTestHarness<String, RowChange, RowChange> harness;

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aRowThatAChangeWasQuickerThanIsPassedOver() throws Exception {
        open(List.of(Changes.TABLE), null);

        process(change(Operation.UPDATE, 1, 900), read(1), read(2), change(Operation.DELETE, 3, 910), read(3));

        assertThat(outputs()).containsExactly("UPDATE 900", "READ 700", "DELETE 910");
    }

    @Test
    void aRowThatIsReadAgainIsPassedOver() throws Exception {
        open(List.of(Changes.TABLE), null);
        process(read(1));
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        harness.close();

        open(List.of(), saved);
        process(read(1), change(Operation.UPDATE, 1, 900), read(2));

        assertThat(outputs()).containsExactly("UPDATE 900", "READ 700");
    }

    /** A truncated table is read again, with a higher version. */
    @Test
    void aRowOfALaterReadingIsNewer() throws Exception {
        open(List.of(Changes.TABLE), null);

        process(read(1), change(Operation.TRUNCATE, 0, 750), read(1).withVersion(800), read(1).withVersion(800));

        assertThat(outputs()).containsExactly("READ 700", "TRUNCATE 750", "READ 800");
    }

    /** The stream may have been behind when the row was read. */
    @Test
    void aChangeThatIsInTheRowAlreadyIsPassedOver() throws Exception {
        open(List.of(Changes.TABLE), null);

        process(read(1).withVersion(800), change(Operation.UPDATE, 1, 750), change(Operation.UPDATE, 1, 801));

        assertThat(outputs()).containsExactly("READ 800", "UPDATE 801");
    }

    @Test
    void aRowThatATruncateWasQuickerThanIsPassedOver() throws Exception {
        open(List.of(Changes.TABLE), null);
        process(read(1), change(Operation.TRUNCATE, 0, 750), read(2));
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        harness.close();

        open(List.of(), saved);
        process(read(3), change(Operation.UPDATE, 4, 760), read(5).withVersion(770));

        assertThat(outputs()).containsExactly("UPDATE 760", "READ 770");
    }

    @Test
    void nothingIsRememberedBehindTheEnd() throws Exception {
        open(List.of(Changes.TABLE), null);
        process(read(1), read(2), change(Operation.UPDATE, 3, 900));
        assertThat(harness.numKeyedStateEntries()).isEqualTo(3);

        process(end());
        process(change(Operation.UPDATE, 1, 910), read(1));

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(outputs()).endsWith("TRUNCATE 700", "UPDATE 910", "READ 700");
    }

    @Test
    void nothingIsRememberedOfTablesThatWereReadBefore() throws Exception {
        open(List.of(), null);
        process(change(Operation.UPDATE, 1, 900), read(1));
        assertThat(harness.numKeyedStateEntries()).isZero();
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        harness.close();

        open(List.of(Changes.TABLE), saved);
        process(change(Operation.UPDATE, 1, 900));

        assertThat(harness.numKeyedStateEntries())
                .as("the savepoint knows the table, whatever the publication says")
                .isZero();
    }

    @Test
    void aTableThatTheSavepointDoesNotKnowIsAdded() throws Exception {
        harness = harness(List.of(OTHER), List.of());
        harness.open();
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        harness.close();

        open(List.of(), saved);
        process(change(Operation.UPDATE, 1, 900), read(1));

        assertThat(outputs()).containsExactly("UPDATE 900");
    }

    private void open(List<String> unpublished, OperatorSubtaskState saved) throws Exception {
        harness = harness(List.of(Changes.TABLE, OTHER), unpublished);
        if (saved != null) {
            harness.initializeState(saved);
        }
        harness.open();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, RowChange, RowChange> harness(
            List<String> tables, List<String> unpublished) throws Exception {
        CaptureStart start = new CaptureStart(PUBLISHED, PUBLISHED, unpublished);
        return new KeyedOneInputStreamOperatorTestHarness<>(new KeepNewest(tables, start), new RowKey(), Types.STRING);
    }

    private void process(RowChange... changes) throws Exception {
        for (RowChange change : changes) {
            harness.processElement(change, 0);
        }
    }

    private List<String> outputs() {
        return harness.extractOutputValues().stream()
                .map(change -> change.operation() + " " + change.version())
                .toList();
    }

    private static RowChange read(int id) {
        return Changes.snapshotRow(id, "{}").withVersion(PUBLISHED);
    }

    private static RowChange change(Operation operation, int id, long version) {
        return Changes.change(operation, id, operation == Operation.UPDATE ? "{}" : null, version, 0)
                .withVersion(version);
    }

    private static RowChange end() {
        SourcePosition position = new SourcePosition(PUBLISHED, 0, 0, true, null);
        return new RowChange(
                Changes.TABLE, Operation.TRUNCATE, PUBLISHED, Changes.key(0), null, null, null, position, null);
    }
}

package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Secret;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.HeartbeatTable;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepRowsTest {

    /** Nobody listens there: the retained log is unknown. */
    private static final PostgresAddress NOWHERE = new PostgresAddress("127.0.0.1", 1, "none", "none", new Secret(""));

    private OneInputStreamOperatorTestHarness<RowChange, RowChange> harness;

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void letsRowsThroughAndHeartbeatsNot() throws Exception {
        open(Changes.TABLE);
        RowChange row = Changes.snapshotRow(1, "{}");

        harness.processElement(row, 0);
        harness.processElement(of(HeartbeatTable.NAME, Operation.UPDATE), 0);

        assertThat(harness.extractOutputValues()).containsExactly(row);
        assertThat(harness.getSideOutput(KeepRows.DEAD_LETTERS)).isNullOrEmpty();
    }

    @Test
    void aTruncateGoesToEverySubtaskThatFollows() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function(Changes.TABLE)), 128, 5, 2);
        harness.open();

        harness.processElement(of(Changes.TABLE, Operation.TRUNCATE), 0);

        assertThat(harness.extractOutputValues())
                .allSatisfy(copy -> assertThat(copy.operation()).isEqualTo(Operation.TRUNCATE))
                .extracting(
                        copy -> KeyGroupRangeAssignment.assignKeyToParallelOperator(new RowKey().getKey(copy), 128, 5))
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(harness.getSideOutput(KeepRows.DEAD_LETTERS)).isNullOrEmpty();
    }

    /** As when the key's column is renamed before the change is read. */
    @Test
    void aChangeWithoutAKeyIsADeadLetterWithItsRow() throws Exception {
        open(Changes.TABLE);
        RowChange row = of(Changes.TABLE, Operation.UPDATE);

        harness.processElement(
                new RowChange(
                        row.table(),
                        row.operation(),
                        row.version(),
                        new byte[0],
                        Changes.bytes("{\"id\":1,\"bio\":\"old\"}"),
                        Changes.bytes("{\"id\":1,\"bio\":\"new\"}"),
                        row.schema(),
                        row.source(),
                        null),
                0);

        assertThat(harness.extractOutputValues()).isEmpty();
        DeadLetter letter =
                harness.getSideOutput(KeepRows.DEAD_LETTERS).remove().getValue();
        assertThat(letter.errorClass()).isEqualTo("NoKeyException");
        assertThat(letter.record().offset()).isEqualTo(900);
        assertThat(letter.version()).isEqualTo(901);
        assertThat(Changes.text(letter.record().value()))
                .isEqualTo("{\"before\":{\"id\":1,\"bio\":\"old\"},\"after\":{\"id\":1,\"bio\":\"new\"},"
                        + "\"source\":{},\"op\":\"u\"}");
    }

    private void open(String... tables) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function(tables)));
        harness.open();
    }

    private static KeepRows function(String... tables) {
        return new KeepRows(
                "cdc-capture",
                PostgresChangesConfig.of(NOWHERE, List.of(tables), "slot", "publication", "dbserver1"),
                CaptureStart.at(0));
    }

    private static RowChange of(String table, Operation operation) {
        SourcePosition position = new SourcePosition(900, 800, 1_000, false, Changes.bytes("{}"));
        return new RowChange(table, operation, 901, Changes.key(1), null, null, Changes.SCHEMA, position, null);
    }
}

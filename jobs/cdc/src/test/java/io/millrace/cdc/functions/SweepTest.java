package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.source.postgres.SourceBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final long SNAPSHOT = 1_000;
    private static final int MANY = 5_000;

    private KeyedTwoInputStreamOperatorTestHarness<String, RowChange, RowChange, RowChange> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness(SNAPSHOT);
        harness.open();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, RowChange, RowChange, RowChange> harness(long version)
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new Sweep(version, new SourceBlock("dbserver1", "shop")), new RowKey(), new RowKey(), Types.STRING);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void deletesWhatOnlyTheTopicKnows() throws Exception {
        published(1, 500);
        captured(2);
        endOfTopics();
        endOfSnapshot();

        List<RowChange> out = harness.extractOutputValues();
        assertThat(out).hasSize(2);
        RowChange delete = out.get(1);
        assertThat(delete.operation()).isEqualTo(Operation.DELETE);
        assertThat(delete.table()).isEqualTo(Changes.TABLE);
        assertThat(Changes.text(delete.key())).isEqualTo("{\"id\":1}");
        assertThat(delete.version()).isEqualTo(SNAPSHOT);
        assertThat(delete.schema()).isEqualTo(Changes.SCHEMA);
        assertThat(Changes.text(delete.source().block())).contains("\"table\":\"users\"", "\"lsn\":1000");
    }

    @Test
    void keepsWhatTheSnapshotMentionsBeforeOrAfterTheTopic() throws Exception {
        published(1, 500);
        captured(1);
        captured(2);
        published(2, 500);
        endOfTopics();
        endOfSnapshot();

        assertThat(deletes()).isZero();
    }

    @Test
    void passesOverARowThatARestartedSnapshotReadsAgain() throws Exception {
        captured(1);
        restart();
        harness.processElement1(Changes.snapshotRow(1, "{\"later\":1}").withVersion(SNAPSHOT), 0);
        captured(2);
        RowChange update = Changes.change(Operation.UPDATE, 1, "{\"later\":1}", 2_000, 0);
        harness.processElement1(update.withVersion(2_000), 0);

        assertThat(harness.extractOutputValues())
                .extracting(RowChange::operation)
                .containsExactly(Operation.READ, Operation.UPDATE);
        assertThat(harness.extractOutputValues())
                .extracting(row -> Changes.text(row.key()))
                .containsExactly("{\"id\":2}", "{\"id\":1}");
    }

    @Test
    void aRowOfTheTopicsIsStillReadByTheSnapshot() throws Exception {
        published(1, 500);
        captured(1);

        assertThat(harness.extractOutputValues()).hasSize(1);
    }

    @Test
    void keepsWhatTheTopicHoldsInANewerVersion() throws Exception {
        published(1, SNAPSHOT);
        endOfTopics();
        endOfSnapshot();

        assertThat(deletes()).isZero();
    }

    @Test
    void doesNotDeleteTwice() throws Exception {
        published(1, 500);
        harness.processElement2(
                Changes.change(Operation.DELETE, 1, null, 600, 0).withVersion(600), 0);
        endOfTopics();
        endOfSnapshot();

        assertThat(deletes()).isZero();
    }

    @Test
    void deletesAKeyThatCameBackAfterItsDeletion() throws Exception {
        harness.processElement2(
                Changes.change(Operation.DELETE, 1, null, 400, 0).withVersion(400), 0);
        published(1, 500);
        endOfTopics();
        endOfSnapshot();

        assertThat(deletes()).isEqualTo(1);
    }

    /** It takes no snapshot, so that nothing is known of the rows that did not change. */
    @Test
    void sweepsNothingInAJobThatGoesOnWithoutThisFunctionsState() throws Exception {
        harness.close();
        harness = harness(Sweep.NOTHING);
        harness.open();
        published(1, 500);
        endOfTopics();
        endOfSnapshot();

        assertThat(deletes()).isZero();
    }

    @Test
    void waitsForBothTheSnapshotAndTheTopic() throws Exception {
        published(1, 500);
        endOfSnapshot();
        assertThat(deletes()).isZero();

        endOfTopics();
        assertThat(deletes()).isEqualTo(1);
    }

    /** So it is while a snapshot is read: no change of the stream has told the time yet. */
    @Test
    void waitsForASnapshotThatIsIdle() throws Exception {
        harness.processWatermarkStatus1(WatermarkStatus.IDLE);
        published(1, 500);
        endOfTopics();
        assertThat(deletes()).isZero();
        assertThat(harness.getOutput()).noneMatch(Watermark.class::isInstance);

        captured(1);
        harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
        endOfSnapshot();
        assertThat(deletes()).isZero();
        assertThat(harness.getOutput()).contains(new Watermark(SnapshotEnd.SWEEP));
    }

    @Test
    void deletesAfterARestoreAsItWouldHaveBefore() throws Exception {
        published(1, 500);
        captured(2);
        restart();
        endOfTopics();
        endOfSnapshot();

        RowChange delete = harness.extractOutputValues().get(0);
        assertThat(Changes.text(delete.key())).isEqualTo("{\"id\":1}");
        assertThat(delete.schema()).isEqualTo(Changes.SCHEMA);
        assertThat(delete.version())
                .as("the version of the snapshot that was begun, not of the later start")
                .isEqualTo(SNAPSHOT);
    }

    /** Under its key of now nothing else would ever replace it; the row itself is there, and no target loses it. */
    @Test
    void removesWhatLiesUnderAKeyWithAnotherSchema() throws Exception {
        captured(1);
        publishedUnder(Changes.OTHER_KEY, 1, 500);
        published(1, 400);
        restart();
        endOfTopics();
        endOfSnapshot();

        assertThat(harness.extractOutputValues()).singleElement().satisfies(gone -> {
            assertThat(gone.operation()).as("for topics alone").isEqualTo(Operation.SWEEP);
            assertThat(Changes.text(gone.key())).isEqualTo("{\"id\":1}");
            assertThat(gone.schema()).isEqualTo(Changes.OTHER_KEY);
            assertThat(gone.version())
                    .as("a target that has the row of now refuses it")
                    .isEqualTo(500);
        });
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void deletesAVanishedRowUnderEachOfItsKeys() throws Exception {
        publishedUnder(Changes.OTHER_KEY, 1, 400);
        published(1, 500);
        captured(2);
        endOfTopics();
        endOfSnapshot();

        List<RowChange> gone = harness.extractOutputValues().stream()
                .filter(RowChange::isDelete)
                .toList();
        assertThat(gone).extracting(RowChange::schema).containsExactlyInAnyOrder(Changes.SCHEMA, Changes.OTHER_KEY);
        assertThat(gone).extracting(RowChange::version).containsExactlyInAnyOrder(SNAPSHOT, 400L);
    }

    @Test
    void leavesAKeyThatTheTopicHasNoMore() throws Exception {
        captured(1);
        publishedUnder(Changes.OTHER_KEY, 1, 400);
        harness.processElement2(
                Changes.withSchema(
                        Changes.OTHER_KEY,
                        Changes.change(Operation.DELETE, 1, null, 500, 0).withVersion(500)),
                0);
        endOfTopics();
        endOfSnapshot();

        assertThat(harness.extractOutputValues()).hasSize(1);
    }

    private void publishedUnder(RowSchema schema, int id, long version) throws Exception {
        harness.processElement2(
                Changes.withSchema(
                        schema,
                        Changes.change(Operation.UPDATE, id, "{}", version, 0).withVersion(version)),
                0);
    }

    @Test
    void leavesNoStateBehind() throws Exception {
        published(1, 500);
        captured(2);
        assertThat(harness.numKeyedStateEntries())
                .as("each row's version, and that of its key in the topic")
                .isEqualTo(3);
        endOfTopics();
        endOfSnapshot();
        captured(3);

        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void deletesManyAndKeepsTheOthers() throws Exception {
        for (int id = 0; id < MANY; id++) {
            published(id, 500);
            if (id % 2 == 0) {
                captured(id);
            }
        }
        endOfTopics();
        endOfSnapshot();

        assertThat(harness.extractOutputValues().stream()
                        .filter(RowChange::isDelete)
                        .map(row -> Changes.text(row.key())))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, MANY)
                        .filter(id -> id % 2 == 1)
                        .mapToObj(id -> "{\"id\":" + id + "}")
                        .toList());
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    private void restart() throws Exception {
        OperatorSubtaskState saved = harness.snapshot(1, 1);
        harness.close();
        harness = harness(9 * SNAPSHOT);
        harness.initializeState(saved);
        harness.open();
    }

    private void published(int id, long version) throws Exception {
        harness.processElement2(
                Changes.change(Operation.UPDATE, id, "{}", version, 0).withVersion(version), 0);
    }

    private void captured(int id) throws Exception {
        harness.processElement1(Changes.snapshotRow(id, "{}").withVersion(SNAPSHOT), 0);
    }

    private void endOfSnapshot() throws Exception {
        harness.processWatermark1(new Watermark(SnapshotEnd.SWEEP));
    }

    private void endOfTopics() throws Exception {
        harness.processWatermark2(Watermark.MAX_WATERMARK);
    }

    private long deletes() {
        return harness.extractOutputValues().stream()
                .filter(RowChange::isDelete)
                .count();
    }
}

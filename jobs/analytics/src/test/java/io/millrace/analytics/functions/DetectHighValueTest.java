package io.millrace.analytics.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.ActivityTable;
import io.millrace.analytics.model.HighValueUser;
import io.millrace.analytics.model.LatestPurchase;
import io.millrace.analytics.model.UserActivity;
import io.millrace.analytics.window.Window;
import io.millrace.analytics.window.WindowShape;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetectHighValueTest {

    private static final long MINUTE = 60_000;
    private static final WindowShape HOUR = WindowShape.sliding(Duration.ofHours(1), Duration.ofMinutes(5));

    private KeyedOneInputStreamOperatorTestHarness<String, UserActivity, RowChange> harness;

    @BeforeEach
    void open() throws Exception {
        ActivityOptions options = new ActivityOptions(0, 2, Duration.ofHours(1), "high-value-user-detected");
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new DetectHighValue(options, new ActivityTable(1), HOUR, "user-actions")),
                UserActivity::userId,
                Types.STRING);
        harness.setup(RowChangeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void tellsEachWindowOfAHighValueUserAndOnceThatThereIsOne() throws Exception {
        activity(60, 3, 1);
        activity(65, 4, 1);

        assertThat(rows())
                .containsExactly(
                        "{\"userId\":\"u\",\"windowStart\":\"1970-01-01T00:00:00Z\",\"windowEnd\":\"1970-01-01T01:00:00Z\","
                                + "\"pageViews\":0,\"clicks\":3,\"searches\":0,\"purchases\":1,\"events\":4,\"late\":0}",
                        "{\"userId\":\"u\",\"windowStart\":\"1970-01-01T00:05:00Z\",\"windowEnd\":\"1970-01-01T01:05:00Z\","
                                + "\"pageViews\":0,\"clicks\":4,\"searches\":0,\"purchases\":1,\"events\":5,\"late\":0}");
        assertThat(detected()).containsExactly(60L);
    }

    @Test
    void saysNothingOfOthers() throws Exception {
        activity(60, 2, 0);

        assertThat(rows()).isEmpty();
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void clicksAloneMakeAHighValueUserWhoIsToldOfWithTheFirstPurchase() throws Exception {
        activity(60, 3, 0);
        assertThat(rows()).hasSize(1);
        assertThat(detected()).isEmpty();

        activity(65, 3, 1);
        activity(70, 3, 0);
        activity(75, 3, 1);

        assertThat(detected()).as("one stay").containsExactly(65L);
    }

    @Test
    void whoHasLeftAndComesBackIsToldOfAgain() throws Exception {
        activity(60, 0, 1);
        activity(125, 0, 0);
        assertThat(rows()).hasSize(2).last().isEqualTo("gone");
        assertThat(harness.numKeyedStateEntries()).isZero();

        activity(200, 0, 1);

        assertThat(detected()).containsExactly(60L, 200L);
    }

    /** As after a savepoint of a job whose thresholds were lower. */
    @Test
    void whoIsInNoWindowOfNoteHasLeft() throws Exception {
        activity(60, 0, 1);
        activity(65, 0, 1);
        harness.processWatermark(70 * MINUTE - 1);
        assertThat(rows()).hasSize(2).doesNotContain("gone");

        harness.processWatermark(70 * MINUTE);

        assertThat(rows()).hasSize(3).last().isEqualTo("gone");
        assertThat(harness.extractOutputValues()).extracting(RowChange::version).isSorted();
        assertThat(harness.numKeyedStateEntries()).isZero();
        activity(200, 0, 1);
        assertThat(detected()).containsExactly(60L, 200L);
    }

    @Test
    void aCorrectionTellsWhatWasMissingAndNoMore() throws Exception {
        activity(60, 2, 0);
        activity(60, 2, 1);
        activity(60, 3, 1);

        assertThat(rows()).hasSize(2);
        assertThat(detected()).containsExactly(60L);
    }

    @Test
    void anEarlierWindowChangesNothing() throws Exception {
        activity(65, 0, 1);
        activity(60, 0, 0);

        assertThat(rows()).hasSize(1);
    }

    @Test
    void aLaterWindowHasAHigherVersionAndACorrectionToo() throws Exception {
        activity(60, 9, 1);
        activity(60, 10, 1);
        activity(65, 3, 1);
        activity(70, 0, 0);

        assertThat(harness.extractOutputValues())
                .extracting(RowChange::version)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(version -> Version.generation(version) == 1);
    }

    private void activity(long end, long clicks, long purchases) throws Exception {
        LatestPurchase latest = purchases == 0 ? LatestPurchase.NONE : new LatestPurchase(end, 3, 42);
        Window window = new Window("u", (end - 60) * MINUTE, end * MINUTE);
        harness.processElement(
                new StreamRecord<>(new UserActivity(window, 0, clicks, 0, purchases, clicks + purchases, 0, latest)));
    }

    private List<String> rows() {
        return harness.extractOutputValues().stream()
                .map(row -> row.after() == null ? "gone" : new String(row.after(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<Long> detected() {
        Queue<StreamRecord<HighValueUser>> users = harness.getSideOutput(DetectHighValue.DETECTED);
        return users == null
                ? List.of()
                : users.stream()
                        .map(user -> user.getValue().activity().window().end() / MINUTE)
                        .toList();
    }
}

package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.functions.DetectHighValue;
import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.ActivityTable;
import io.millrace.analytics.model.ActivityTallies;
import io.millrace.analytics.model.ActivityTally;
import io.millrace.analytics.model.LatestPurchase;
import io.millrace.analytics.model.PageTallies;
import io.millrace.analytics.model.PageTally;
import io.millrace.analytics.model.PageViewsTable;
import io.millrace.analytics.model.UserActivity;
import io.millrace.analytics.model.UserActivityForm;
import io.millrace.analytics.model.UserActivitySerializer;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.Version;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/**
 * State as it was written once, in src/test/resources/golden: the functions of today must go on from it. To write it
 * anew, which breaks the savepoints of everybody, run with {@code -Dmillrace.golden=write}.
 */
class GoldenStateTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final WindowShape HOUR = WindowShape.sliding(Duration.ofHours(1), Duration.ofMinutes(5));
    private static final boolean WRITE = "write".equals(System.getProperty("millrace.golden"));

    @Test
    void viewsThatWereCountedAreStillCountedAndKnown() throws Exception {
        String file = FOLDER.resolve("analytics.count-page-views.state").toString();
        if (WRITE) {
            Files.createDirectories(FOLDER);
            try (var harness = pages()) {
                harness.open();
                harness.processElement(bundle(Harness.visit(1, "e", Visit.user("ada")), Harness.visit(2, null, 7)));
                OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
            }
        }
        try (var harness = pages()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.processElement(bundle(Harness.visit(1, "e", Visit.user("ada")), Harness.visit(3, "f", 9)));
            harness.processWatermark(new Watermark(5 * Harness.MINUTE));

            assertThat(harness.extractOutputValues()).singleElement().satisfies(row -> {
                assertThat(row.version()).isEqualTo(Version.of(1, 3));
                assertThat(new String(row.after(), StandardCharsets.UTF_8))
                        .contains("\"view_count\":3,\"visitors\":3,\"late_count\":0");
            });
        }
    }

    @Test
    void whatUsersDidIsStillCounted() throws Exception {
        String file = FOLDER.resolve("analytics.count-activity.state").toString();
        if (WRITE) {
            try (var harness = activity()) {
                harness.open();
                harness.processElement(actions(ActionType.PURCHASE, 1));
                OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
            }
        }
        try (var harness = activity()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.processElement(actions(ActionType.CLICK, 2));
            harness.processWatermark(new Watermark(5 * Harness.MINUTE));

            assertThat(harness.extractOutputValues()).singleElement().satisfies(activity -> {
                assertThat(activity.purchases()).isEqualTo(1);
                assertThat(activity.clicks()).isEqualTo(1);
                assertThat(activity.latest()).isEqualTo(new LatestPurchase(60_000, 0, 1));
            });
        }
    }

    @Test
    void whoWasToldOfIsNotToldOfAgain() throws Exception {
        String file = FOLDER.resolve(DetectHighValue.UID + ".state").toString();
        if (WRITE) {
            try (var harness = detection()) {
                harness.open();
                harness.processElement(purchases(5));
                OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
            }
        }
        try (var harness = detection()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.processElement(purchases(10));

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(DetectHighValue.DETECTED)).isNull();
        }
    }

    private static StreamRecord<UserActivity> purchases(long end) {
        Window window = new Window("ada", 0, end * Harness.MINUTE);
        return new StreamRecord<>(new UserActivity(window, 0, 0, 0, 1, 1, 0, new LatestPurchase(1, 0, 1)));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, UserActivity, RowChange> detection()
            throws Exception {
        ActivityOptions options = new ActivityOptions(0, 50, Duration.ofHours(1), "high-value-user-detected");
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new DetectHighValue(options, new ActivityTable(1), HOUR, "user-actions")),
                UserActivity::userId,
                Types.STRING);
        harness.setup(RowChangeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static StreamRecord<Bundle<Action>> actions(ActionType type, long minute) {
        Stamp stamp = new Stamp(0, minute, minute * Harness.MINUTE, EventId.of("event " + minute));
        Money paid = type == ActionType.PURCHASE ? new Money(BigDecimal.ONE, "EUR") : null;
        return new StreamRecord<>(new Bundle<>("ada", 0, List.of(new Action(stamp, type, paid))));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Action>, UserActivity> activity()
            throws Exception {
        Slicing slicing = Slicing.of(List.of(HOUR), Duration.ofMinutes(1), Duration.ofMinutes(10))
                .tellingEnd();
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SlicedWindow<Action, ActivityTally, UserActivity>(
                        slicing,
                        new ActivityTallies(0, 50, 12),
                        new UserActivityForm(),
                        new LateEvents("late-events", "analytics", "user_activity", "user-actions"),
                        1)),
                Bundle<Action>::key,
                Types.STRING);
        harness.setup(UserActivitySerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static StreamRecord<Bundle<Visit>> bundle(Visit... visits) {
        return new StreamRecord<>(new Bundle<>("/home", 0, List.of(visits)));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, RowChange> pages() throws Exception {
        Slicing slicing = Slicing.of(
                List.of(WindowShape.tumbling(Duration.ofMinutes(5))), Duration.ofMinutes(1), Duration.ofMinutes(10));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SlicedWindow<Visit, PageTally, RowChange>(
                        slicing,
                        PageTallies.DEFAULT,
                        new PageViewsTable(1),
                        new LateEvents("late-events", "analytics", "page_views_5min", "page-views"),
                        1)),
                Bundle::key,
                Types.STRING);
    }
}

package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.functions.DetectHighValue;
import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.ActivityTable;
import io.millrace.analytics.model.ActivityTallies;
import io.millrace.analytics.model.ActivityTally;
import io.millrace.analytics.model.HighValueUser;
import io.millrace.analytics.model.UserActivity;
import io.millrace.analytics.model.UserActivityForm;
import io.millrace.analytics.model.UserActivitySerializer;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows in which nobody could be a high-value user are passed over: nobody who sees the users may notice. */
class QuietWindowsPropertyTest {

    private static final int EVENTS = 600;
    private static final long SPAN = Duration.ofHours(8).toMillis();
    private static final Duration LATENESS = Duration.ofMinutes(7);
    private static final WindowShape HOUR = WindowShape.sliding(Duration.ofHours(1), Duration.ofMinutes(5));
    private static final Slicing SLICING =
            Slicing.of(List.of(HOUR), LATENESS, Duration.ofMinutes(10)).tellingEnd();
    private static final ActivityOptions OPTIONS =
            new ActivityOptions(1, 13, Duration.ofHours(1), "high-value-user-detected");

    private static final ActivityTallies OF_NOTE = new ActivityTallies(1, 13, 12);
    private static final ActivityTallies EVERY_WINDOW = new ActivityTallies(-1, -1, 1);
    private static final ActivityTallies TOO_FEW = new ActivityTallies(12, 13 * 12, 12);

    /** What came of a play: what users of Redis and of the topic see, by user, and how many windows were told. */
    private record Seen(Map<String, List<String>> byUser, int told) {}

    /** An action, and when it arrives. */
    private record Arrival(String user, Action action, long at) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameUsersAreSeenWithFewerWindows(long seed) throws Exception {
        Seen all = play(EVERY_WINDOW, seed);
        Seen few = play(OF_NOTE, seed);

        assertThat(few.byUser()).isEqualTo(all.byUser()).isNotEmpty();
        assertThat(few.told()).isLessThan(all.told());
    }

    /** The control: were a slice called quiet that is not, users would be missing. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withABoundThatIsTooHighUsersAreMissing(long seed) throws Exception {
        assertThat(play(TOO_FEW, seed).byUser())
                .isNotEqualTo(play(EVERY_WINDOW, seed).byUser());
    }

    private static Seen play(ActivityTallies kind, long seed) throws Exception {
        Random random = new Random(seed);
        List<String> seen = new ArrayList<>();
        int told = 0;
        try (var windows = windows(kind);
                var detection = detection()) {
            for (Arrival arrival : arrivals(random)) {
                if (random.nextInt(4) == 0) {
                    told += pass(windows, detection, arrival.at(), seen);
                }
                long slice = SLICING.sliceOf(arrival.action().stamp().timestamp());
                windows.processElement(
                        new StreamRecord<>(new Bundle<>(arrival.user(), slice, List.of(arrival.action()))));
            }
            told += pass(windows, detection, 2 * SPAN, seen);
            assertThat(windows.numKeyedStateEntries() + detection.numKeyedStateEntries())
                    .isZero();
        }
        return new Seen(byUser(seen), told);
    }

    /** Lets time pass, and returns how many windows were told. */
    private static int pass(
            KeyedOneInputStreamOperatorTestHarness<String, Bundle<Action>, UserActivity> windows,
            KeyedOneInputStreamOperatorTestHarness<String, UserActivity, RowChange> detection,
            long time,
            List<String> seen)
            throws Exception {
        windows.processWatermark(new Watermark(time - 1));
        List<UserActivity> told = windows.extractOutputValues();
        windows.getOutput().clear();
        for (UserActivity activity : told) {
            detection.processElement(new StreamRecord<>(activity));
            see(activity.userId(), detection, seen);
        }
        detection.processWatermark(new Watermark(time - 1));
        see("by a timer", detection, seen);
        return told.size();
    }

    private static void see(
            String user,
            KeyedOneInputStreamOperatorTestHarness<String, UserActivity, RowChange> detection,
            List<String> seen) {
        for (RowChange row : detection.extractOutputValues()) {
            String after = row.after() == null ? "gone" : new String(row.after(), StandardCharsets.UTF_8);
            seen.add(user + " " + row.version() + " " + after);
        }
        detection.getOutput().clear();
        Collection<StreamRecord<HighValueUser>> detected = detection.getSideOutput(DetectHighValue.DETECTED);
        if (detected != null) {
            detected.forEach(
                    told -> seen.add(user + " detected " + told.getValue().activity()));
            detected.clear();
        }
    }

    private static Map<String, List<String>> byUser(List<String> seen) {
        Map<String, List<String>> users = new TreeMap<>();
        for (String each : seen) {
            users.computeIfAbsent(each.substring(0, each.indexOf(' ')), unknown -> new ArrayList<>())
                    .add(each);
        }
        return users;
    }

    /** Each arrives up to a little less than the lateness after its time; users are busy for a while, and idle again. */
    private static List<Arrival> arrivals(Random random) {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> {
                    int user = random.nextInt(4);
                    long busy = random.nextInt(4) * SPAN / 4;
                    long time = busy + (long) Math.abs(random.nextGaussian() * SPAN / 12);
                    Stamp stamp = new Stamp(0, i, time, EventId.of("event " + i));
                    return new Arrival(
                            "user" + user,
                            action(stamp, random.nextInt(40)),
                            time + random.nextLong(LATENESS.toMillis() - 1));
                })
                .sorted(Comparator.comparingLong(Arrival::at))
                .toList();
    }

    private static Action action(Stamp stamp, int drawn) {
        if (drawn == 0) {
            return new Action(stamp, ActionType.PURCHASE, new Money(BigDecimal.ONE, "EUR"));
        }
        return new Action(stamp, drawn < 20 ? ActionType.CLICK : ActionType.PAGE_VIEW, null);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Action>, UserActivity> windows(
            ActivityTallies kind) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SlicedWindow<Action, ActivityTally, UserActivity>(
                        SLICING,
                        kind,
                        new UserActivityForm(),
                        new LateEvents("late-events", "analytics", "user_activity", "user-actions"),
                        1)),
                Bundle<Action>::key,
                Types.STRING);
        harness.setup(UserActivitySerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, UserActivity, RowChange> detection()
            throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new DetectHighValue(OPTIONS, new ActivityTable(1), HOUR, "user-actions")),
                UserActivity::userId,
                Types.STRING);
        harness.setup(RowChangeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        harness.open();
        return harness;
    }
}

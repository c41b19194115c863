package io.millrace.analytics.functions;

import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.ActivityTable;
import io.millrace.analytics.model.HighValueUser;
import io.millrace.analytics.model.HighValueUserSerializer;
import io.millrace.analytics.model.UserActivity;
import io.millrace.analytics.window.Window;
import io.millrace.analytics.window.WindowShape;
import io.millrace.common.event.RowChange;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Tells who is a high-value user, window by window, and who has left; and once for each stay in that state, as soon as
 * the stay has a purchase, that a high-value user is there. A window before the latest one changes nothing.
 *
 * <p>State: for each user in the state the end of the latest window, and whether it was told. The first window in which
 * the user is none any more ends the stay. A savepoint whose thresholds were lower may have no such window; then a timer
 * ends it.
 */
public final class DetectHighValue extends KeyedProcessFunction<String, UserActivity, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "analytics.detect-high-value";

    public static final OutputTag<HighValueUser> DETECTED =
            new OutputTag<>("high-value-users", HighValueUserSerializer.TYPE);

    private final ActivityOptions options;
    private final ActivityTable table;
    private final WindowShape shape;
    private final String source;
    private transient ValueState<Tuple2<Long, Boolean>> stay;

    /**
     * Looks at activities.
     *
     * @param shape of their windows
     * @param source the topic of the users' actions
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first activity
    public DetectHighValue(ActivityOptions options, ActivityTable table, WindowShape shape, String source) {
        this.options = options;
        this.table = table;
        this.shape = shape;
        this.source = source;
    }

    @Override
    public void open(OpenContext context) {
        stay = getRuntimeContext().getState(new ValueStateDescriptor<>("stay", Types.TUPLE(Types.LONG, Types.BOOLEAN)));
    }

    @Override
    public void processElement(UserActivity activity, Context context, Collector<RowChange> out) throws Exception {
        Tuple2<Long, Boolean> before = stay.value();
        if (before != null && activity.window().end() < before.f0) {
            return;
        }
        if (options.isHighValue(activity)) {
            boolean wasTold = before != null && before.f1;
            boolean isTold = wasTold || activity.purchases() > 0;
            if (isTold && !wasTold) {
                context.output(DETECTED, new HighValueUser(source, activity));
            }
            stay.update(Tuple2.of(activity.window().end(), isTold));
            context.timerService().registerEventTimeTimer(activity.window().end() + shape.slide());
            out.collect(table.row(activity));
        } else if (before != null) {
            stay.clear();
            out.collect(table.gone(activity));
        }
    }

    /** By now the next window was told, if it is one of note. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RowChange> out) throws Exception {
        Tuple2<Long, Boolean> last = stay.value();
        if (last != null && last.f0 + shape.slide() <= timestamp) {
            stay.clear();
            out.collect(table.gone(
                    UserActivity.none(new Window(context.getCurrentKey(), timestamp - shape.size(), timestamp))));
        }
    }
}

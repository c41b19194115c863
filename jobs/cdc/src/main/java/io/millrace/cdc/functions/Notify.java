package io.millrace.cdc.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.event.Operation;
import io.millrace.common.event.Redriven;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.Refusal;
import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.sink.notification.Notification;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.NotificationSinks;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Tells which chosen columns of a row have changed, by what is known of the row: Postgres does not say, unless the
 * table has {@code REPLICA IDENTITY FULL}. A row of a snapshot only becomes known, and so does one that is first met
 * when it is updated. An older change than the known one tells nothing.
 *
 * <p>State: for each row its version, and of each chosen column a hash, not the value. Removed with the row.
 */
public final class Notify extends KeyedProcessFunction<String, RowChange, Notification> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.notify";

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("unnotified-dead-letters", TypeInformation.of(DeadLetter.class));

    private final String pipeline;
    private final Map<String, NotificationRoute> routes = new HashMap<>();
    private transient Map<String, NotificationForm> forms;
    private transient ValueState<Tuple2<Long, Map<String, Long>>> known;
    private transient TargetMetrics metrics;

    @SuppressWarnings("NullAway.Init") // Flink calls open before the first change
    public Notify(String pipeline, List<NotificationRoute> routes) {
        this.pipeline = pipeline;
        routes.forEach(route -> this.routes.put(route.table(), route));
    }

    @Override
    public void open(OpenContext context) {
        known = getRuntimeContext()
                .getState(new ValueStateDescriptor<>(
                        "known-row", Types.TUPLE(Types.LONG, Types.MAP(Types.STRING, Types.LONG))));
        metrics = new TargetMetrics(
                getRuntimeContext().getMetricGroup(), NotificationSinks.NAME, System::currentTimeMillis);
        forms = new HashMap<>();
        routes.forEach((table, route) -> forms.put(table, new NotificationForm(route)));
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<Notification> out) throws Exception {
        if (change.operation() == Operation.TRUNCATE) {
            // it names no row, and so nobody who could be told
            return;
        }
        Tuple2<Long, Map<String, Long>> before = known.value();
        boolean isGone = before == null && Redriven.is(change.origin());
        if (isGone || (before != null && change.version() < before.f0)) {
            // of a row that is not known, a change that is sent again may be older than its deletion
            metrics.stale(change);
            return;
        }
        try {
            NotificationForm form = Objects.requireNonNull(forms.get(change.table()), change.table());
            if (change.isDelete()) {
                delete(change, before == null, form, out);
            } else {
                put(change, before == null ? null : before.f1, form, out);
            }
        } catch (DataException e) {
            String stage = NotificationSinks.NAME + "." + change.table();
            context.output(DEAD_LETTERS, Refusal.of(change, e).toDeadLetter(pipeline, stage));
            metrics.deadLettered(change);
        }
    }

    /** A tombstone of Kafka follows the delete that has been told; only where it comes alone, it tells one. */
    private void delete(RowChange change, boolean isUnknown, NotificationForm form, Collector<Notification> out)
            throws IOException, DataException {
        known.clear();
        boolean isTombstone = change.origin() != null && change.origin().value() == null;
        if (form.tells(change) && !(isUnknown && isTombstone)) {
            out.collect(form.of(change, form.emptyRow(), Set.of()));
        }
    }

    private void put(
            RowChange change, @Nullable Map<String, Long> before, NotificationForm form, Collector<Notification> out)
            throws IOException, DataException {
        ObjectNode row = form.row(change);
        Map<String, Long> columns = form.columns(row);
        known.update(Tuple2.of(change.version(), columns));
        if (!form.tells(change)) {
            return;
        }
        Map<String, Long> reference = before == null ? form.columnsBefore(change) : before;
        Set<String> changed =
                change.operation() == Operation.CREATE ? columns.keySet() : KnownColumns.changed(reference, columns);
        if (!changed.isEmpty()) {
            out.collect(form.of(change, row, changed));
        }
    }
}

package io.millrace.cdc;

import io.millrace.cdc.functions.Notify;
import io.millrace.cdc.functions.ParseDebezium;
import io.millrace.cdc.functions.RouteChanges;
import io.millrace.cdc.functions.RowKey;
import io.millrace.cdc.functions.ToEnvelope;
import io.millrace.cdc.model.Changes;
import io.millrace.cdc.model.Place;
import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.cdc.settings.KafkaTargetSettings;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.sink.notification.Notification;
import io.millrace.common.sink.notification.NotificationTypeInfo;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Row changes of any source, each to the targets of its table. */
public final class CdcTopology {

    private CdcTopology() {}

    /**
     * Routes changes.
     *
     * @param pipeline the configured name of the job
     * @param routes where the rows of each table go
     * @param databases that the targets write to, of those whose servers have several
     * @param kafka how changes are written for Kafka; present if it is one of the targets
     */
    public static CdcOutputs of(
            Changes changes,
            String pipeline,
            Routes routes,
            Map<Target, String> databases,
            Optional<KafkaTargetSettings> kafka) {
        SingleOutputStreamOperator<Void> routed = route(changes.rows(), routes, databases, kafka);
        Map<Target, DataStream<RowChange>> outputs = new EnumMap<>(Target.class);
        Set<Target> used = new TreeSet<>();
        routes.targets().values().forEach(used::addAll);
        used.forEach(target -> outputs.put(target, routed.getSideOutput(RouteChanges.to(target))));
        Optional<SingleOutputStreamOperator<ProducedRecord>> envelopes =
                kafka.map(form -> toEnvelopes(routed.getSideOutput(RouteChanges.to(Target.KAFKA)), pipeline, form));
        Optional<SingleOutputStreamOperator<Notification>> notifications = Optional.ofNullable(
                        outputs.get(Target.NOTIFICATIONS))
                .map(changed -> toNotifications(changed, pipeline, routes));
        DataStream<DeadLetter> letters = envelopes
                .map(records -> changes.deadLetters().union(records.getSideOutput(ToEnvelope.DEAD_LETTERS)))
                .orElse(changes.deadLetters());
        return new CdcOutputs(
                outputs,
                envelopes.map(records -> records),
                notifications.map(told -> told),
                notifications
                        .map(told -> letters.union(told.getSideOutput(Notify.DEAD_LETTERS)))
                        .orElse(letters));
    }

    /** Reads the records of Debezium topics, and messages without a schema as they are. */
    static Changes parse(
            DataStream<ConsumedRecord> records, String pipeline, Generations generations, JsonLimits limits) {
        return parse(records, new ParseDebezium(pipeline, generations, limits));
    }

    /** Reads the records of Debezium topics, in as many subtasks as they come from. */
    static Changes parse(DataStream<ConsumedRecord> records, ParseDebezium function) {
        SingleOutputStreamOperator<RowChange> rows = records.process(function, RowChangeTypeInfo.INSTANCE)
                .uid(ParseDebezium.UID)
                .name("parse Debezium")
                .setParallelism(records.getParallelism());
        return new Changes(rows, rows.getSideOutput(ParseDebezium.DEAD_LETTERS));
    }

    private static SingleOutputStreamOperator<Void> route(
            DataStream<RowChange> rows,
            Routes routes,
            Map<Target, String> databases,
            Optional<KafkaTargetSettings> kafka) {
        Map<String, Set<Place>> places = routes.places(
                databases,
                kafka.map(KafkaTargetSettings::topicPrefix).orElse(""),
                kafka.map(KafkaTargetSettings::withSchema).orElse(true));
        return rows.process(new RouteChanges(routes.targets(), places, routes.leftOut()), Types.VOID)
                .uid(RouteChanges.UID)
                .name("route");
    }

    private static SingleOutputStreamOperator<Notification> toNotifications(
            DataStream<RowChange> changes, String pipeline, Routes routes) {
        return changes.keyBy(new RowKey())
                .process(new Notify(pipeline, routes.notifications()), NotificationTypeInfo.INSTANCE)
                .uid(Notify.UID)
                .name("notify");
    }

    private static SingleOutputStreamOperator<ProducedRecord> toEnvelopes(
            DataStream<RowChange> changes, String pipeline, KafkaTargetSettings form) {
        ToEnvelope function = new ToEnvelope(
                pipeline,
                form.topicPrefix(),
                form.withSchema(),
                form.config().maxRecordBytes(),
                System::currentTimeMillis);
        return changes.process(function, ProducedRecordTypeInfo.INSTANCE)
                .uid(ToEnvelope.UID)
                .name("to envelope");
    }
}

package io.millrace.cdc;

import io.millrace.cdc.functions.ParseDebezium;
import io.millrace.cdc.functions.RouteChanges;
import io.millrace.cdc.functions.ToEnvelope;
import io.millrace.cdc.model.Changes;
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
     * @param targets by schema and name of a table
     * @param kafka how changes are written for Kafka; present if it is one of the targets
     */
    public static CdcOutputs of(
            Changes changes, String pipeline, Map<String, Set<Target>> targets, Optional<KafkaTargetSettings> kafka) {
        SingleOutputStreamOperator<Void> routed = route(changes.rows(), targets);
        Map<Target, DataStream<RowChange>> outputs = new EnumMap<>(Target.class);
        Set<Target> used = new TreeSet<>();
        targets.values().forEach(used::addAll);
        used.forEach(target -> outputs.put(target, routed.getSideOutput(RouteChanges.to(target))));
        Optional<SingleOutputStreamOperator<ProducedRecord>> envelopes =
                kafka.map(form -> toEnvelopes(routed.getSideOutput(RouteChanges.to(Target.KAFKA)), pipeline, form));
        DataStream<DeadLetter> letters = envelopes
                .map(records -> changes.deadLetters().union(records.getSideOutput(ToEnvelope.DEAD_LETTERS)))
                .orElse(changes.deadLetters());
        return new CdcOutputs(outputs, envelopes.map(records -> records), letters);
    }

    /** Reads the records of Debezium topics. */
    static Changes parse(
            DataStream<ConsumedRecord> records, String pipeline, Generations generations, JsonLimits limits) {
        SingleOutputStreamOperator<RowChange> rows = records.process(
                        new ParseDebezium(pipeline, generations, limits), RowChangeTypeInfo.INSTANCE)
                .uid(ParseDebezium.UID)
                .name("parse Debezium");
        return new Changes(rows, rows.getSideOutput(ParseDebezium.DEAD_LETTERS));
    }

    private static SingleOutputStreamOperator<Void> route(
            DataStream<RowChange> rows, Map<String, Set<Target>> targets) {
        return rows.process(new RouteChanges(targets), Types.VOID)
                .uid(RouteChanges.UID)
                .name("route");
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

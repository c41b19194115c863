package io.millrace.audit;

import io.millrace.audit.watch.WatchOptions;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.sink.clickhouse.ClickHouseTarget;
import io.millrace.common.sink.deadletter.DeadLetterSink;
import io.millrace.common.sink.deadletter.KafkaDeadLetterQueue;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The topics that the topology's outputs are written to. */
final class AuditSinks {

    static final String DIGESTS_UID = "audit.write-digests";
    static final String ROWS_UID = "audit.write-clickhouse";
    static final String ALERTS_UID = "audit.write-alerts";
    static final String DEAD_LETTERS_UID = "audit.write-dead-letters";

    private AuditSinks() {}

    /** Ends every output in its sink. */
    static void attach(AuditOutputs outputs, AuditOptions options) {
        outputs.digests()
                .sinkTo(KafkaTarget.atLeastOnce(new KafkaTargetConfig(options.kafka())))
                .uid(DIGESTS_UID)
                .name("digests");
        outputs.rows()
                .ifPresent(rows -> rows.sinkTo(ClickHouseTarget.atLeastOnce(
                                options.clickhouse().orElseThrow(),
                                new KafkaDeadLetterQueue(options.deadLetters()),
                                options.name()))
                        .uid(ROWS_UID)
                        .name("ClickHouse"));
        outputs.deadLetters()
                .sinkTo(DeadLetterSink.atLeastOnce(options.deadLetters()))
                .uid(DEAD_LETTERS_UID)
                .name("dead letters");
    }

    /** Alerts come one by one: one transaction at a time is enough. */
    static void attach(DataStream<ProducedRecord> alerts, WatchOptions watch, AuditOptions options) {
        alerts.sinkTo(KafkaTarget.exactlyOnce(new KafkaTargetConfig(options.kafka()), watch.transactions()))
                .uid(ALERTS_UID)
                .name("alerts")
                .setParallelism(1);
    }
}

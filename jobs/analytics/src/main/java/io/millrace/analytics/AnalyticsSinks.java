package io.millrace.analytics;

import io.millrace.common.sink.clickhouse.ClickHouseTarget;
import io.millrace.common.sink.deadletter.DeadLetterSink;
import io.millrace.common.sink.deadletter.KafkaDeadLetterQueue;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.kafka.KafkaTargetConfig;

/** The real systems that the topology's outputs are written to. */
final class AnalyticsSinks {

    static final String ROWS_UID = "analytics.write-clickhouse";
    static final String LATE_EVENTS_UID = "analytics.write-late-events";
    static final String DEAD_LETTERS_UID = "analytics.write-dead-letters";

    private AnalyticsSinks() {}

    /** Ends every output in its sink. */
    static void attach(AnalyticsOutputs outputs, AnalyticsOptions options) {
        outputs.rows()
                .sinkTo(ClickHouseTarget.atLeastOnce(
                        options.clickhouse(), new KafkaDeadLetterQueue(options.deadLetters()), options.name()))
                .uid(ROWS_UID)
                .name("ClickHouse");
        outputs.lateEvents()
                .sinkTo(KafkaTarget.atLeastOnce(new KafkaTargetConfig(kafka(options))))
                .uid(LATE_EVENTS_UID)
                .name("late events");
        outputs.deadLetters()
                .sinkTo(DeadLetterSink.atLeastOnce(options.deadLetters()))
                .uid(DEAD_LETTERS_UID)
                .name("dead letters");
    }

    /** The Kafka that events come from also takes what they lead to. */
    static KafkaConnection kafka(AnalyticsOptions options) {
        return new KafkaConnection(
                options.pageViews().bootstrapServers(), options.pageViews().properties());
    }
}

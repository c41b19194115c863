package io.millrace.analytics;

import io.millrace.analytics.experiment.MismatchAlert;
import io.millrace.analytics.model.HighValueUser;
import io.millrace.common.effect.FencedStream;
import io.millrace.common.effect.SideEffectSink;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.replay.Fence;
import io.millrace.common.sink.clickhouse.ClickHouseTarget;
import io.millrace.common.sink.deadletter.DeadLetterSink;
import io.millrace.common.sink.deadletter.KafkaDeadLetterQueue;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import io.millrace.common.sink.kafka.Transactions;
import io.millrace.common.sink.redis.RedisTarget;

/** The real systems that the topology's outputs are written to. */
final class AnalyticsSinks {

    static final String ACTIVITIES_UID = "analytics.write-redis";
    static final String FENCE_UID = "analytics.fence";
    static final String HIGH_VALUE_UID = "analytics.write-high-value-users";
    static final String MISMATCH_FENCE_UID = "analytics.fence-alerts";
    static final String MISMATCHES_UID = "analytics.write-alerts";
    static final String ROWS_UID = "analytics.write-clickhouse";
    static final String LATE_EVENTS_UID = "analytics.write-late-events";
    static final String DEAD_LETTERS_UID = "analytics.write-dead-letters";

    private AnalyticsSinks() {}

    /**
     * Ends every output in its sink.
     *
     * @param atStart behind it nothing is told by a job that begins now, unless the options say otherwise
     */
    static void attach(AnalyticsOutputs outputs, AnalyticsOptions options, Fence atStart) {
        DeadLetterQueue refused = new KafkaDeadLetterQueue(options.deadLetters());
        outputs.activities()
                .union(outputs.counters())
                .sinkTo(RedisTarget.atLeastOnce(options.redis(), refused, options.name()))
                .uid(ACTIVITIES_UID)
                .name("Redis");
        FencedStream.of(outputs.highValueUsers(), options.fence(), atStart, FENCE_UID)
                .sinkTo(highValueUsers(options))
                .uid(HIGH_VALUE_UID)
                .name("high-value users");
        FencedStream.of(outputs.mismatches(), options.fence(), atStart, MISMATCH_FENCE_UID)
                .sinkTo(mismatches(options))
                .uid(MISMATCHES_UID)
                .name("alerts");
        outputs.rows()
                .sinkTo(ClickHouseTarget.atLeastOnce(options.clickhouse(), refused, options.name()))
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

    private static SideEffectSink<HighValueUser> highValueUsers(AnalyticsOptions options) {
        String topic = options.activity().topic();
        return SideEffectSink.of(KafkaTarget.exactlyOnce(
                new KafkaTargetConfig(kafka(options)), options.transactions(), user -> user.toRecord(topic)));
    }

    /** Under a prefix of its own: a sink aborts what it finds under its prefix when it starts. */
    private static SideEffectSink<MismatchAlert> mismatches(AnalyticsOptions options) {
        String topic = options.experiments().alerts();
        String pipeline = options.name();
        Transactions users = options.transactions();
        return SideEffectSink.of(KafkaTarget.exactlyOnce(
                new KafkaTargetConfig(kafka(options)),
                new Transactions(users.idPrefix() + "-alerts", users.timeout()),
                alert -> alert.toRecord(topic, pipeline)));
    }

    /** The Kafka that events come from also takes what they lead to. */
    static KafkaConnection kafka(AnalyticsOptions options) {
        return new KafkaConnection(
                options.pageViews().bootstrapServers(), options.pageViews().properties());
    }
}

package io.millrace.cdc;

import io.millrace.cdc.model.Target;
import io.millrace.cdc.settings.KafkaTargetSettings;
import io.millrace.cdc.settings.NotificationSettings;
import io.millrace.common.effect.FencedStream;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.replay.Fence;
import io.millrace.common.sink.clickhouse.ClickHouseTarget;
import io.millrace.common.sink.deadletter.DeadLetterSink;
import io.millrace.common.sink.deadletter.KafkaDeadLetterQueue;
import io.millrace.common.sink.elasticsearch.ElasticsearchTarget;
import io.millrace.common.sink.jdbc.PostgresTarget;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.notification.Notification;
import io.millrace.common.sink.notification.NotificationSinks;
import io.millrace.common.sink.redis.RedisTarget;
import java.util.Objects;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The real systems that the topology's outputs are written to. */
final class CdcSinks {

    static final String DEAD_LETTERS_UID = "cdc.write-dead-letters";
    static final String FENCE_UID = "cdc.fence";

    private CdcSinks() {}

    /**
     * Ends every output in its sink.
     *
     * @param atStart behind it nobody is notified by a job that begins now, unless the options say otherwise
     */
    static void attach(CdcOutputs outputs, CdcOptions options, Fence atStart) {
        DeadLetterQueue refused = new KafkaDeadLetterQueue(options.deadLetters());
        outputs.envelopes()
                .ifPresent(records -> toKafka(records, options.kafka().orElseThrow()));
        options.elasticsearch()
                .ifPresent(config -> Objects.requireNonNull(outputs.changes().get(Target.ELASTICSEARCH))
                        .sinkTo(ElasticsearchTarget.sink(config, options.name(), refused))
                        .uid(uid(Target.ELASTICSEARCH))
                        .name("Elasticsearch"));
        options.redis()
                .ifPresent(config -> Objects.requireNonNull(outputs.changes().get(Target.REDIS))
                        .sinkTo(RedisTarget.atLeastOnce(config, refused, options.name()))
                        .uid(uid(Target.REDIS))
                        .name("Redis"));
        options.clickhouse()
                .ifPresent(config -> Objects.requireNonNull(outputs.changes().get(Target.CLICKHOUSE))
                        .sinkTo(ClickHouseTarget.atLeastOnce(config, refused, options.name()))
                        .uid(uid(Target.CLICKHOUSE))
                        .name("ClickHouse"));
        options.postgres()
                .ifPresent(config -> Objects.requireNonNull(outputs.changes().get(Target.POSTGRES))
                        .sinkTo(PostgresTarget.atLeastOnce(config, refused, options.name()))
                        .uid(uid(Target.POSTGRES))
                        .name("Postgres"));
        outputs.notifications()
                .ifPresent(told -> notify(
                        FencedStream.of(told, options.fence(), atStart, FENCE_UID),
                        options.notifications().orElseThrow()));
        outputs.deadLetters()
                .sinkTo(DeadLetterSink.atLeastOnce(options.deadLetters()))
                .uid(DEAD_LETTERS_UID)
                .name("dead letters");
    }

    private static void toKafka(DataStream<ProducedRecord> records, KafkaTargetSettings target) {
        records.sinkTo(target.transactions()
                        .map(transactions -> KafkaTarget.exactlyOnce(target.config(), transactions))
                        .orElseGet(() -> KafkaTarget.atLeastOnce(target.config())))
                .uid(uid(Target.KAFKA))
                .name("Kafka");
    }

    private static void notify(FencedStream<Notification> told, NotificationSettings target) {
        target.socketIo()
                .ifPresent(config -> told.sinkTo(NotificationSinks.socketIo(config))
                        .uid(uid(Target.NOTIFICATIONS))
                        .name("Socket.IO"));
        target.kafka()
                .ifPresent(config -> told.sinkTo(NotificationSinks.topic(config, target.topic()))
                        .uid(uid(Target.NOTIFICATIONS) + "-topic")
                        .name("notifications"));
    }

    static String uid(Target target) {
        return "cdc.write-" + target.label();
    }
}

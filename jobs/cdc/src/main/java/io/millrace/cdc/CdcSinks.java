package io.millrace.cdc;

import io.millrace.cdc.model.Target;
import io.millrace.cdc.settings.KafkaTargetSettings;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.sink.clickhouse.ClickHouseTarget;
import io.millrace.common.sink.deadletter.DeadLetterSink;
import io.millrace.common.sink.deadletter.KafkaDeadLetterQueue;
import io.millrace.common.sink.elasticsearch.ElasticsearchTarget;
import io.millrace.common.sink.jdbc.PostgresTarget;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.redis.RedisTarget;
import java.util.Objects;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The real systems that the topology's outputs are written to. */
final class CdcSinks {

    static final String DEAD_LETTERS_UID = "cdc.write-dead-letters";

    private CdcSinks() {}

    /** Ends every output in its sink. */
    static void attach(CdcOutputs outputs, CdcOptions options) {
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

    static String uid(Target target) {
        return "cdc.write-" + target.label();
    }
}

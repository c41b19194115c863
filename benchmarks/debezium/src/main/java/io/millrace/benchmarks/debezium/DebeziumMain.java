package io.millrace.benchmarks.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.JsonByteArray;
import java.io.IOException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Debezium's engine with a batching producer, as a user would run it without Kafka Connect. */
public final class DebeziumMain {

    private DebeziumMain() {}

    /** Says {@code ready}, waits for {@code go}, and captures until it is ended. */
    public static void main(String[] arguments) throws IOException {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(EngineProperties.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(EngineProperties.topic());
        DebeziumEngine<ChangeEvent<byte[], byte[]>> engine = DebeziumEngine.create(JsonByteArray.class)
                .using(EngineProperties.engine())
                .notifying(new BatchingProducer(producer))
                .using((success, message, error) -> System.err.println("the engine ended: " + message + " " + error))
                .build();
        System.out.println("ready");
        System.out.flush();
        while (System.in.read() != '\n') {
            Thread.onSpinWait();
        }
        engine.run();
    }
}

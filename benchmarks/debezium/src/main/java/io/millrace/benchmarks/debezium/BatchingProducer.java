package io.millrace.benchmarks.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends a batch of the engine's, and marks it as done when Kafka has acknowledged all of it. */
final class BatchingProducer implements ChangeConsumer<ChangeEvent<byte[], byte[]>> {

    private final KafkaProducer<byte[], byte[]> producer;

    BatchingProducer(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public void handleBatch(
            List<ChangeEvent<byte[], byte[]>> events, RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
            throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        for (ChangeEvent<byte[], byte[]> event : events) {
            sent.add(producer.send(new ProducerRecord<>(event.destination(), event.key(), event.value())));
        }
        producer.flush();
        for (int i = 0; i < sent.size(); i++) {
            acknowledged(sent.get(i));
            committer.markProcessed(events.get(i));
        }
        committer.markBatchFinished();
    }

    private static void acknowledged(Future<RecordMetadata> record) throws InterruptedException {
        try {
            record.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take a record", e);
        }
    }
}

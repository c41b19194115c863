package io.millrace.common.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import io.millrace.testing.KafkaTopics;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes a record of each number, and fails once, in the middle between two checkpoints, when Kafka has some of what no
 * checkpoint covers: the sink has to write before it is asked to, as it does after its linger.
 */
final class FailsOnce implements MapFunction<Long, ProducedRecord>, CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static final int UNCOVERED = 60;
    private static final Duration WRITTEN = Duration.ofSeconds(60);

    private final String bootstrap;
    private final String topic;
    private final String marker;
    private boolean checkpointed;
    private int uncovered;
    private long firstUncovered;

    /** @param marker a file that appears with the failure, so that the restarted task knows of it */
    FailsOnce(String bootstrap, String topic, Path marker) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.marker = marker.toString();
    }

    @Override
    public ProducedRecord map(Long number) throws IOException {
        if (uncovered == 0) {
            firstUncovered = number;
        }
        uncovered++;
        if (checkpointed && uncovered > UNCOVERED && isFirstFailure()) {
            await("Kafka has what no checkpoint covers").atMost(WRITTEN).until(this::isWritten);
            throw new IllegalStateException("fails once, as it was told");
        }
        return record(topic, number);
    }

    private boolean isWritten() {
        return new KafkaTopics(bootstrap)
                .readUncommitted(topic).stream().anyMatch(record -> number(record) == firstUncovered);
    }

    private boolean isFirstFailure() throws IOException {
        try {
            Files.createFile(Path.of(marker));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Every third record is a tombstone. */
    static ProducedRecord record(String topic, long number) {
        String text = Long.toString(number);
        return new ProducedRecord(
                topic,
                ("key-" + text).getBytes(UTF_8),
                number % 3 == 0 ? null : ("value-" + text).getBytes(UTF_8),
                List.of(
                        new Header("number", text.getBytes(UTF_8)),
                        new Header("absent", null),
                        new Header("empty", new byte[0]),
                        new Header("bytes", new byte[] {0, (byte) 0xFF, '\r', '\n'}),
                        new Header("empty", "twice".getBytes(UTF_8))));
    }

    /** Returns the number that a record was made of. */
    static long number(ConsumerRecord<byte[], byte[]> record) {
        return Long.parseLong(new String(record.headers().lastHeader("number").value(), UTF_8));
    }

    /** It has no state: after its failure the marker is there. */
    @Override
    public void initializeState(FunctionInitializationContext context) {}

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        uncovered = 0;
    }

    @Override
    public void notifyCheckpointComplete(long id) {
        checkpointed = true;
    }
}

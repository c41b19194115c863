package io.millrace.common.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Makes a record of each number, and fails once, in the middle between two checkpoints. */
final class FailsOnce implements MapFunction<Long, ProducedRecord>, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static final int UNCOVERED = 60;

    /** Enough for some of them to have reached Kafka, also if they all came at once, behind a pause. */
    private static final long UNCOVERED_NANOS = Duration.ofMillis(200).toNanos();

    private final String topic;
    private final String marker;
    private boolean checkpointed;
    private int uncovered;
    private long uncoveredSince;

    /** @param marker a file that appears with the failure, so that the restarted task knows of it */
    FailsOnce(String topic, Path marker) {
        this.topic = topic;
        this.marker = marker.toString();
    }

    @Override
    public ProducedRecord map(Long number) throws IOException {
        if (uncovered == 0) {
            uncoveredSince = System.nanoTime();
        }
        uncovered++;
        if (checkpointed && isEnough() && isFirstFailure()) {
            throw new IllegalStateException("fails once, as it was told");
        }
        return record(topic, number);
    }

    private boolean isEnough() {
        return uncovered >= UNCOVERED && System.nanoTime() - uncoveredSince >= UNCOVERED_NANOS;
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

    @Override
    public void notifyCheckpointComplete(long id) {
        checkpointed = true;
        uncovered = 0;
    }
}

package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.util.LoggingContext;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedQueueTest {

    private static final int CAPACITY = 1_000;
    private static final int ROWS = 100;

    private final ChangeEventQueue<DataChangeEvent> queue = new ChangeEventQueue.Builder<DataChangeEvent>()
            .pollInterval(Duration.ofMillis(1))
            .maxBatchSize(10)
            .maxQueueSize(CAPACITY)
            .loggingContextSupplier(() -> LoggingContext.forConnector("test", "test", "test"))
            .build();

    @Test
    void holdsFewLargeRowsAndLosesNone() throws Exception {
        CompletableFuture<Void> adding = add(1 << 20);

        await("a full queue").until(() -> queued() == BoundedQueue.MOST_BYTES >> 20);
        assertThat(adding).isNotDone();

        List<Long> positions = new ArrayList<>();
        while (positions.size() < ROWS) {
            queue.poll().forEach(event -> positions.add(((StreamedChange) event.getRecord()).lsn()));
            assertThat(queued()).isLessThanOrEqualTo(16);
        }
        assertThat(adding).succeedsWithin(Duration.ofSeconds(10));
        assertThat(positions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void passesARowThatIsLargerThanAll() throws Exception {
        BoundedQueue bounded = new BoundedQueue(queue);

        bounded.add(row(1, (int) BoundedQueue.MOST_BYTES + 1));

        assertThat(queue.poll()).hasSize(1);
    }

    @Test
    void holdsAsManySmallRowsAsTheQueueTakes() {
        assertThat(add(100)).succeedsWithin(Duration.ofSeconds(10));

        assertThat(queued()).isEqualTo(ROWS);
    }

    private int queued() {
        return queue.totalCapacity() - queue.remainingCapacity();
    }

    private CompletableFuture<Void> add(int bytes) {
        BoundedQueue bounded = new BoundedQueue(queue);
        return CompletableFuture.runAsync(() -> IntStream.range(0, ROWS).forEach(i -> {
            try {
                bounded.add(row(i, bytes));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static StreamedChange row(long lsn, int bytes) {
        return CommitOrder.change("key", "x".repeat(bytes), 1, 1, lsn);
    }
}

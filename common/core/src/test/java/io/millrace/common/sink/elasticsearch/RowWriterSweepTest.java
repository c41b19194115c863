package io.millrace.common.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.CollectedLetters;
import io.millrace.common.failure.Outage;
import io.millrace.common.metrics.RecordedMetrics;
import io.millrace.common.metrics.TargetMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a writer does its sweeps between its other work. */
class RowWriterSweepTest {

    private static final RowChange SWEEP = RowChange.sweep(Changes.TABLE, 100);
    private static final List<IndexRoute> ROUTES = List.of(new IndexRoute(Changes.TABLE, "users", null));

    private final List<String> done = new ArrayList<>();
    private final ScriptedClient client = new ScriptedClient();
    private final ScriptedScroll documents =
            new ScriptedScroll(1).holding("1", 1).holding("2", 2);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final TestProcessingTimeService time = new TestProcessingTimeService();

    /** Notes what it is asked to do. */
    private final class NotingWriter implements SinkWriter<RowChange> {

        @Override
        public void write(RowChange change, Context context) {
            done.add("write " + change.version());
        }

        @Override
        public void flush(boolean endOfInput) {
            done.add("flush");
        }

        @Override
        public void close() {
            done.add("close");
        }
    }

    @BeforeEach
    void startTheClock() throws Exception {
        time.setCurrentTime(0);
    }

    private RowWriter writer(RowChange... restored) {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(20));
        Supplier<Outage> outages = () -> new Outage("Elasticsearch", backoff, closed, System::nanoTime);
        RowBulk bulk = new RowBulk(
                client,
                new IndexMappings(client, ROUTES),
                new CollectedLetters(),
                "cdc",
                new TargetMetrics(new RecordedMetrics(), "elasticsearch", () -> 2_000),
                outages);
        return new RowWriter(
                new NotingWriter(),
                new IndexSweeps(ROUTES, documents, bulk, 10, outages, List.of(restored)),
                time,
                Duration.ofMillis(200),
                closed,
                List.of());
    }

    private void letTimersFire() throws Exception {
        time.advance(1);
    }

    @Test
    void writesWhatCameBeforeASweepAndBeginsItLater() throws Exception {
        RowWriter writer = writer();
        writer.write(Changes.row(5, 1, "{}"), null);
        writer.write(SWEEP, null);
        writer.write(Changes.row(101, 1, "{}"), null);

        assertThat(done).containsExactly("write 5", "flush", "write 101");
        assertThat(documents.asked).isEmpty();

        letTimersFire();
        assertThat(documents.asked).startsWith("begin users");
    }

    @Test
    void endsByItself() throws Exception {
        RowWriter writer = writer();
        writer.write(SWEEP, null);
        for (int i = 0; i < 5; i++) {
            letTimersFire();
        }

        assertThat(client.bulks).containsExactly(List.of("1"), List.of("2"));
        assertThat(writer.snapshotState(1)).isEmpty();
        assertThat(time.getNumActiveTimers()).isZero();
    }

    @Test
    void holdsUpNoCheckpointWhichKeepsIt() throws Exception {
        RowWriter writer = writer();
        writer.write(SWEEP, null);
        writer.flush(false);

        assertThat(documents.asked).isEmpty();
        assertThat(writer.snapshotState(1)).containsExactly(SWEEP);
    }

    @Test
    void beginsWhatACheckpointKeptWithoutBeingAsked() throws Exception {
        RowWriter writer = writer(SWEEP);
        assertThat(writer.snapshotState(1)).containsExactly(SWEEP);

        for (int i = 0; i < 5; i++) {
            letTimersFire();
        }

        assertThat(client.bulks).containsExactly(List.of("1"), List.of("2"));
        assertThat(writer.snapshotState(2)).isEmpty();
    }

    @Test
    void finishesAtTheEndOfItsInput() throws Exception {
        RowWriter writer = writer(SWEEP);

        writer.flush(true);

        assertThat(client.bulks).containsExactly(List.of("1"), List.of("2"));
    }
}

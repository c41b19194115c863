package io.millrace.common.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.FileLetters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job that writes a row every few milliseconds, for a target that goes away meanwhile. Nothing but the flush by time
 * sends them, for there is no checkpoint.
 */
public final class SteadyJob {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final JobClient running;
    private final Tap tap;
    private final long rows;
    private final Callable<List<String>> held;
    private final FileLetters letters;

    private SteadyJob(JobClient running, Tap tap, long rows, Callable<List<String>> held, FileLetters letters) {
        this.running = running;
        this.tap = tap;
        this.rows = rows;
        this.held = held;
        this.letters = letters;
    }

    /**
     * Starts it, and returns once there are some rows; the rest comes with {@link #goOn}.
     *
     * @param held how many rows the target holds, and the sum of their versions, a tab between
     */
    public static SteadyJob start(Sink<RowChange> sink, long rows, Callable<List<String>> held, FileLetters letters)
            throws Exception {
        UserTable users = UserTable.named();
        Tap tap = Tap.perSecond(100);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataGeneratorSource<RowChange> source =
                new DataGeneratorSource<>(new Users(users.row(1, 1, "ann")), rows, tap, RowChangeTypeInfo.INSTANCE);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "rows").sinkTo(sink);
        SteadyJob job = new SteadyJob(env.executeAsync("outage"), tap, rows, held, letters);
        await("some rows")
                .atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> !held.call().get(0).startsWith("0"));
        return job;
    }

    /** Lets the rest of the rows come. */
    public SteadyJob goOn() {
        tap.open();
        return this;
    }

    /** Returns after a time in which it has gone on. */
    public void awaitPatience(Duration time) {
        await("the job goes on waiting")
                .during(time)
                .atMost(DEADLINE)
                .until(() -> !running.getJobStatus().get().isTerminalState());
    }

    /** Returns once it has ended, with every row in the target, and no other, and no dead letter. */
    public void assertEverything() throws Exception {
        running.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(held.call()).isEqualTo(List.of(rows + "\t" + rows * (rows + 1) / 2));
        assertThat(letters.read()).isEmpty();
    }

    /** Cancels it, and returns once it is gone. */
    public void assertCancelled() throws Exception {
        running.cancel().get();
        await("the job is gone")
                .atMost(DEADLINE)
                .until(() -> running.getJobStatus().get().isGloballyTerminalState());
    }
}

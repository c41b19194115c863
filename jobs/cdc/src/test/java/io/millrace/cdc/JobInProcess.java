package io.millrace.cdc;

import static org.awaitility.Awaitility.await;

import io.millrace.common.job.JobEnvironment;
import io.millrace.testing.JobOnMiniCluster;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The job in this process, on a small cluster that all of them share and that ends with the process. It does what
 * {@link CdcJob} does on a real cluster, and starts at once: for tests of what the job does with its data, not of how it
 * is run.
 */
public final class JobInProcess extends JobOnMiniCluster {

    private static final long PATIENCE_SECONDS = 60;
    private static final int SLOTS = 12;
    private static final InMemoryReporter METRICS = InMemoryReporter.create();
    private static final MiniCluster CLUSTER = cluster();

    private JobInProcess(JobClient client) {
        super(CLUSTER, client);
    }

    /** Starts it with its arguments as users give them. */
    public static JobInProcess start(List<String> arguments) throws Exception {
        return start(arguments, null);
    }

    /** Starts it from a savepoint. */
    public static JobInProcess start(List<String> arguments, @Nullable String savepoint) throws Exception {
        CdcOptions options = CdcOptions.parse(arguments.toArray(String[]::new));
        return new JobInProcess(submitTo(CLUSTER, 1, savepoint, settings -> {
            StreamExecutionEnvironment env = JobEnvironment.of(options.job());
            env.configure(settings);
            CdcJob.build(env, options);
            return env.executeAsync(options.name());
        }));
    }

    private static MiniCluster cluster() {
        Configuration settings = new Configuration()
                .set(RestOptions.BIND_PORT, "0")
                .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        METRICS.addToConfiguration(settings);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
        try {
            cluster.start();
            return cluster;
        } catch (Exception e) {
            throw new IllegalStateException("the cluster of this process does not start", e);
        }
    }

    /**
     * Waits until it has read topics to an end, and has settled that: checkpoints that began after it are complete.
     *
     * @param ends the offset behind the last record of each partition
     */
    public void awaitSettled(Map<TopicPartition, Long> ends) throws Exception {
        await("the job has read " + ends)
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue()));
        // the one that runs at this moment may have begun before
        long enough = checkpoints() + 2;
        await("2 more checkpoints").atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> checkpoints() >= enough);
    }

    /** Returns the offset behind the record that the job has read last of a partition; 0 if it has read none. */
    private long position(TopicPartition partition) {
        String name = Pattern.quote("KafkaSourceReader.topic." + partition.topic() + ".partition."
                + partition.partition() + ".currentOffset");
        return METRICS.findMetrics(id(), name).values().stream()
                .mapToLong(gauge -> 1 + (Long) ((Gauge<?>) gauge).getValue())
                .max()
                .orElse(0);
    }

    private long checkpoints() throws Exception {
        CheckpointStatsSnapshot stats = CLUSTER.getExecutionGraph(id())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .getCheckpointStatsSnapshot();
        return stats == null ? 0 : stats.getCounts().getNumberOfCompletedCheckpoints();
    }

    @Override
    public String stop(URI folder) throws Exception {
        awaitPublishedRead();
        return super.stop(folder);
    }

    /**
     * Waits until a capture has read what its topics held. Flink fails a savepoint that is asked for in the moment in
     * which a task ends: the JobManager does not know yet that nobody is there to answer.
     */
    private void awaitPublishedRead() {
        await("the published topics are read")
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> states("published topics").allMatch(ExecutionState.FINISHED::equals));
    }

    private Stream<ExecutionState> states(String part) throws Exception {
        return CLUSTER
                .getExecutionGraph(id())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .getAllVertices()
                .values()
                .stream()
                .filter(vertex -> vertex.getName().contains(part))
                .map(AccessExecutionJobVertex::getAggregateState);
    }
}

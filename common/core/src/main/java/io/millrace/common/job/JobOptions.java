package io.millrace.common.job;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a job runs, whatever it does.
 *
 * @param parallelism empty for the cluster's own default
 * @param stateBackend empty for the cluster's own default
 */
public record JobOptions(
        String name,
        Optional<Integer> parallelism,
        Duration checkpointInterval,
        Duration checkpointTimeout,
        boolean unalignedCheckpoints,
        Duration firstRestartDelay,
        Duration longestRestartDelay,
        Optional<StateBackend> stateBackend) {

    /** Where keyed state lives while the job runs. */
    public enum StateBackend {
        HASHMAP,
        ROCKSDB;

        String flinkName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Setting<String> NAME = Setting.text(
                    "name",
                    "Name of the pipeline: the job's name in Flink, and the pipeline in dead letters and topic names.")
            .mustBeGiven()
            .mustBe(
                    name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*") && name.length() <= 100,
                    "be lower-case words joined by `-`, at most 100 characters",
                    "it becomes part of topic names and transactional ids");

    static final Setting<Integer> PARALLELISM = Setting.integer(
                    "job.parallelism",
                    null,
                    "Subtasks of each operator. More than the topics' partitions stay idle; too few let the lag grow."
                            + " Without it the cluster's default is taken.")
            .mustBe(
                    count -> count >= 1 && count <= JobEnvironment.MAX_PARALLELISM,
                    "be 1 to " + JobEnvironment.MAX_PARALLELISM,
                    "the maximum is fixed so that savepoints stay readable");

    static final Setting<Duration> CHECKPOINT_INTERVAL = Setting.duration(
                    "job.checkpoint-interval",
                    Duration.ofSeconds(10),
                    "Time between checkpoints. Lower costs more writes to the checkpoint storage; higher repeats more"
                            + " work after a failure, and delays what exactly-once readers see.")
            .mustBe(
                    interval -> interval.toMillis() >= 100,
                    "be at least 100 ms",
                    "a checkpoint itself takes about that long");

    public static final Setting<Duration> CHECKPOINT_TIMEOUT = Setting.duration(
                    "job.checkpoint-timeout",
                    Duration.ofMinutes(10),
                    "Time after which a checkpoint is given up. While a target is down no checkpoint completes: lower"
                            + " restarts the job earlier, higher lets it wait longer.")
            .mustBe(timeout -> timeout.toMillis() >= 1_000, "be at least 1 s", "a short stall would fail the job");

    public static final Setting<Boolean> UNALIGNED = Setting.flag(
            "job.unaligned-checkpoints",
            false,
            "Whether checkpoints overtake records in flight. On: checkpoints complete under back-pressure, and are"
                    + " larger.");

    static final Setting<Duration> FIRST_RESTART_DELAY = Setting.duration(
                    "job.first-restart-delay",
                    Duration.ofSeconds(1),
                    "Wait before the first restart after a failure; each further one doubles it. Too low strains a"
                            + " server that is just coming back.")
            .mustBe(delay -> delay.toMillis() >= 10, "be at least 10 ms", "restarts would follow without a pause");

    static final Setting<Duration> LONGEST_RESTART_DELAY = Setting.duration(
            "job.longest-restart-delay",
            Duration.ofMinutes(1),
            "Longest wait between two restarts. Too high keeps a job waiting after its target has returned.");

    static final Setting<StateBackend> STATE_BACKEND = Setting.oneOf(
            "job.state-backend",
            StateBackend.class,
            null,
            "Where keyed state lives: on the heap, fast and bounded by memory, or in RocksDB on disk. Without it the"
                    + " cluster's default is taken.");

    public static final List<Setting<?>> ALL = List.of(
            NAME,
            PARALLELISM,
            CHECKPOINT_INTERVAL,
            CHECKPOINT_TIMEOUT,
            UNALIGNED,
            FIRST_RESTART_DELAY,
            LONGEST_RESTART_DELAY,
            STATE_BACKEND);

    /** Notes what is wrong with these settings, alone and together. */
    public static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        Duration first = config.find(FIRST_RESTART_DELAY).orElse(Duration.ZERO);
        config.find(LONGEST_RESTART_DELAY)
                .filter(longest -> longest.compareTo(first) < 0)
                .ifPresent(longest -> problems.add(
                        LONGEST_RESTART_DELAY.key(),
                        "is shorter than `" + FIRST_RESTART_DELAY.key() + "`; raise the one or lower the other,"
                                + " because the delay only grows"));
    }

    /**
     * Notes that checkpoints overtake records in flight, for a job that cannot have it.
     *
     * @param why what follows "leave it off"
     */
    public static void refuseUnaligned(ConfigReader config, Problems problems, String why) {
        config.find(UNALIGNED)
                .filter(on -> on)
                .ifPresent(on -> problems.add(UNALIGNED.key(), "is true; leave it off" + why));
    }

    /** Reads what {@link #check} found no problem in. */
    public static JobOptions read(ConfigReader config) {
        return new JobOptions(
                config.get(NAME),
                config.find(PARALLELISM),
                config.get(CHECKPOINT_INTERVAL),
                config.get(CHECKPOINT_TIMEOUT),
                config.get(UNALIGNED),
                config.get(FIRST_RESTART_DELAY),
                config.get(LONGEST_RESTART_DELAY),
                config.find(STATE_BACKEND));
    }
}

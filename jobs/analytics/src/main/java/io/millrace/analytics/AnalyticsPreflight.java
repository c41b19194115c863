package io.millrace.analytics;

import io.millrace.analytics.settings.AnalyticsSettings;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.preflight.Brokers;
import io.millrace.common.preflight.TopicEnds;
import io.millrace.common.replay.Fence;
import io.millrace.common.settings.ClickHouseSettings;
import io.millrace.common.sink.clickhouse.MigratedTables;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** What must be true of topics and tables before the job starts. */
final class AnalyticsPreflight {

    /** Begins each printed line about what stops nothing; {@code millrace submit} shows them. */
    private static final String NOTE = "note: ";

    private static final String TRANSACTIONS = "activity.high-value.transactions";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private AnalyticsPreflight() {}

    /**
     * Checks everything, and prints what is worth a line.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException with all problems
     */
    static void run(AnalyticsOptions options, PrintStream out) {
        Problems problems = new Problems();
        Brokers brokers = new Brokers(PATIENCE, problems);
        requireTopics("source.kafka", AnalyticsSinks.kafka(options), topics(options), brokers, problems);
        requireTopics(
                "dead-letters",
                options.deadLetters().kafka(),
                List.of(options.deadLetters().topic()),
                brokers,
                problems);
        new MigratedTables(options.clickhouse().connection(), problems)
                .require(ClickHouseSettings.KEY, AnalyticsSettings.tables(options.results()));
        brokers.transactionTimeout(TRANSACTIONS, AnalyticsSinks.kafka(options))
                .ifPresent(limit -> options.transactions()
                        .check(
                                TRANSACTIONS,
                                limit,
                                options.job().checkpointInterval(),
                                options.job().checkpointTimeout(),
                                options.job().longestRestartDelay(),
                                problems));
        for (Problem note : problems.notes()) {
            out.println(NOTE + note);
        }
        problems.throwIfAny();
    }

    private static List<String> topics(AnalyticsOptions options) {
        return List.of(
                options.pageViews().topics().get(0),
                options.userActions().topics().get(0),
                options.requests().topics().get(0),
                options.activity().topic(),
                options.experiments().alerts(),
                options.lateEvents());
    }

    /**
     * Returns the fence of a job that begins now: the end of the topic that its side effects follow from, behind which
     * everything is history. A restored job has kept its own.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException if Kafka does not tell
     */
    static Fence fence(AnalyticsOptions options, boolean restored) {
        if (restored) {
            return Fence.NONE;
        }
        Problems problems = new Problems();
        Fence ends = new TopicEnds(options.userActions(), new Brokers(PATIENCE, problems)).fence();
        problems.throwIfAny();
        return ends;
    }

    private static void requireTopics(
            String path, KafkaConnection kafka, List<String> topics, Brokers brokers, Problems problems) {
        brokers.states(path, kafka, topics).forEach((topic, state) -> {
            if (state instanceof TopicState.Missing) {
                problems.add(
                        "topics." + topic,
                        "does not exist at " + kafka.bootstrapServers()
                                + "; run ./millrace topics apply, or make it with" + " kafka-topics.sh --create");
            } else if (state instanceof TopicState.Hidden) {
                problems.note("topics." + topic, "could not be checked: this client may not see it (Describe)");
            }
        });
    }
}

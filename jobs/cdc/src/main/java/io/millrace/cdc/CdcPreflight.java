package io.millrace.cdc;

import io.millrace.cdc.model.SourceOptions;
import io.millrace.cdc.model.Target;
import io.millrace.cdc.preflight.PublishedVersions;
import io.millrace.cdc.preflight.RouteColumns;
import io.millrace.cdc.preflight.SourceTopics;
import io.millrace.cdc.preflight.WrittenTopics;
import io.millrace.cdc.settings.KafkaTargetSettings;
import io.millrace.cdc.settings.NotificationSettings;
import io.millrace.cdc.settings.PostgresTargetSettings;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.preflight.Brokers;
import io.millrace.common.preflight.TopicEnds;
import io.millrace.common.replay.Fence;
import io.millrace.common.replay.HighestVersion;
import io.millrace.common.serde.ColumnNames;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.sink.elasticsearch.ElasticsearchTarget;
import io.millrace.common.sink.jdbc.PostgresTargetPreflight;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresPreflight;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What must be true of the source, the targets and the routes before the job starts. */
final class CdcPreflight {

    /** Begins each printed line about what stops nothing; {@code millrace submit} shows them. */
    static final String NOTE = "note: ";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CdcOptions options;
    private final boolean restored;
    private final Problems problems = new Problems();
    private final Brokers brokers = new Brokers(PATIENCE, problems);

    private CdcPreflight(CdcOptions options, boolean restored) {
        this.options = options;
        this.restored = restored;
    }

    /**
     * Checks everything, prints what is worth a line, and then makes the indices, and the database ready.
     *
     * @param restored whether the job goes on from a savepoint
     * @throws io.millrace.common.config.InvalidConfigurationException with all problems; nothing was changed then
     * @throws IOException if Elasticsearch cannot be reached or refuses
     */
    static CaptureStart run(CdcOptions options, boolean restored, PrintStream out)
            throws IOException, InterruptedException {
        CdcPreflight preflight = new CdcPreflight(options, restored);
        Start start = preflight.check();
        for (Problem note : preflight.problems.notes()) {
            out.println(NOTE + note);
        }
        preflight.problems.throwIfAny();
        if (options.elasticsearch().isPresent()) {
            ElasticsearchTarget.prepare(options.elasticsearch().get());
        }
        return start.make();
    }

    /**
     * Returns the fence of a job that begins now: the ends of the topics that it reads, behind which everything is
     * history. A restored job has kept its own.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException if Kafka does not tell
     */
    static Fence fence(CdcOptions options, boolean restored) {
        if (restored
                || options.notifications().isEmpty()
                || !(options.source() instanceof SourceOptions.Topics source)) {
            return Fence.NONE;
        }
        Problems problems = new Problems();
        Fence ends = new TopicEnds(source.topics(), new Brokers(PATIENCE, problems)).fence();
        problems.throwIfAny();
        return ends;
    }

    /** Makes the source ready, and tells where to start; at 0 if the source is no database. */
    private interface Start {
        CaptureStart make();
    }

    private Start check() {
        options.kafka().ifPresent(this::checkTarget);
        options.postgres()
                .ifPresent(target -> new PostgresTargetPreflight(PostgresTargetSettings.KEY, target, problems)
                        .check(options.routes()::path));
        Start start = options.source() instanceof SourceOptions.Postgres postgres
                ? checkDatabase(postgres)
                : checkTopics((SourceOptions.Topics) options.source());
        options.notifications().ifPresent(this::checkNotifications);
        DeadLetterConfig letters = options.deadLetters();
        new WrittenTopics(problems)
                .checkDeadLetters(brokers, letters.kafka(), letters.topic(), letters.maxRecordBytes());
        return start;
    }

    private Start checkTopics(SourceOptions.Topics source) {
        DeclaredTables declared = source.types().read(problems);
        Map<String, ColumnNames> columns =
                new SourceTopics(source.topics(), source.limits(), declared, brokers, problems).check(options.routes());
        new RouteColumns(options.routes(), problems).check(columns);
        return () -> CaptureStart.at(0);
    }

    private Start checkDatabase(SourceOptions.Postgres source) {
        PostgresPreflight database = new PostgresPreflight(source.config(), restored);
        new RouteColumns(options.routes(), problems).check(database.check(problems));
        HighestVersion held = new HighestVersion();
        options.kafka().ifPresent(kafka -> readTopics(kafka, held));
        if (!restored) {
            new DirectTargets(options, problems).read(held);
        }
        held.check(options.generation(), problems);
        return () -> above(held, database);
    }

    private CaptureStart above(HighestVersion held, PostgresPreflight database) {
        CaptureStart start = database.prepare(held.start(0, options.generation()));
        return start.from(held.start(start.position(), options.generation()));
    }

    /**
     * A savepoint may be from before the snapshot was read, which then begins above the topics as that of a new job
     * does. Most are not, so that it stops nothing there if the topics do not tell.
     */
    private void readTopics(KafkaTargetSettings kafka, HighestVersion held) {
        Problems found = restored ? new Problems() : problems;
        PublishedVersions.read(
                restored ? new Brokers(PATIENCE, found) : brokers,
                kafka.config().kafka(),
                topics(kafka, options),
                options.generation(),
                held,
                found);
    }

    private void checkNotifications(NotificationSettings target) {
        target.kafka()
                .ifPresent(config -> new WrittenTopics(problems)
                        .checkNotifications(brokers, config.kafka(), target.topic(), target.largestRecord()));
    }

    private void checkTarget(KafkaTargetSettings target) {
        new WrittenTopics(problems)
                .checkTables(
                        brokers,
                        target.config().kafka(),
                        topics(target, options),
                        target.config().maxRecordBytes());
        target.transactions()
                .ifPresent(transactions -> brokers.transactionTimeout(
                                "targets.kafka.transactions", target.config().kafka())
                        .ifPresent(limit -> transactions.check(
                                "targets.kafka.transactions",
                                limit,
                                options.job().checkpointInterval(),
                                options.job().checkpointTimeout(),
                                options.job().longestRestartDelay(),
                                problems)));
    }

    /** Returns the topics that the job writes the changes of tables to. */
    static List<String> topics(KafkaTargetSettings kafka, CdcOptions options) {
        return options.routes().tablesTo(Target.KAFKA).stream()
                .map(table -> kafka.topicPrefix() + "." + table)
                .sorted()
                .toList();
    }
}

package io.millrace.audit;

import io.millrace.audit.preflight.ArchiveEnds;
import io.millrace.audit.preflight.FolderCheck;
import io.millrace.audit.preflight.ForeignTopic;
import io.millrace.audit.preflight.KeyStoreCheck;
import io.millrace.audit.preflight.LostRecords;
import io.millrace.audit.preflight.TopicCheck;
import io.millrace.audit.watch.WatchOptions;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.preflight.Brokers;
import io.millrace.common.settings.ClickHouseSettings;
import io.millrace.common.sink.clickhouse.MigratedTables;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be true of topics, key store, folders and tables before the job starts. */
final class AuditPreflight {

    /** Begins each printed line about what stops nothing; {@code millrace submit} shows them. */
    private static final String NOTE = "note: ";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private AuditPreflight() {}

    /**
     * Checks everything, and prints what is worth a line.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException with all problems
     */
    static void run(AuditOptions options, PrintStream out) {
        run(options, PATIENCE, out);
    }

    static void run(AuditOptions options, Duration patience, PrintStream out) {
        Problems problems = new Problems();
        boolean isRead = checkFolders(options, new FolderCheck(patience, problems));
        checkTopics(options, isRead, patience, problems);
        new KeyStoreCheck(problems).requireUsable("key-store", options.keyStore());
        options.clickhouse()
                .ifPresent(clickhouse -> new MigratedTables(clickhouse.connection(), problems)
                        .require(ClickHouseSettings.KEY, clickhouse.routes()));
        for (Problem note : problems.notes()) {
            out.println(NOTE + note);
        }
        problems.throwIfAny();
    }

    /** Returns whether the archive can be read. */
    private static boolean checkFolders(AuditOptions options, FolderCheck folders) {
        String path = "archive.address";
        String archive = options.archive().address();
        // who did not answer once is not asked again
        boolean isRead = folders.requireWritable(path, archive)
                && folders.requireOwn(path, archive, options.archive().name(), options.topic());
        options.archive().witnessAddress().ifPresent(witness -> folders.requireAddable("archive.witness", witness));
        return isRead;
    }

    private static void checkTopics(AuditOptions options, boolean archiveIsRead, Duration patience, Problems problems) {
        Brokers brokers = new Brokers(patience, problems);
        TopicCheck topics = new TopicCheck(brokers, problems);
        boolean isThere = topics.requireBrokersTime("source.kafka", options.kafka(), options.topic());
        if (isThere && archiveIsRead) {
            checkOffsets(options, brokers, patience, problems);
        }
        topics.require(
                "source.kafka", options.kafka(), List.of(options.archive().digests()));
        options.watch().ifPresent(watch -> checkAlerts(watch, options, brokers, topics, problems));
        topics.require(
                "dead-letters",
                options.deadLetters().kafka(),
                List.of(options.deadLetters().topic()));
    }

    /** Holds what Kafka has against what the archive has. */
    private static void checkOffsets(AuditOptions options, Brokers brokers, Duration patience, Problems problems) {
        ArchiveOptions archive = options.archive();
        Map<Integer, Long> first = brokers.firstOffsets("source.kafka", options.kafka(), options.topic());
        Map<Integer, Long> ends = new TreeMap<>();
        brokers.ends("source.kafka", options.kafka(), List.of(options.topic()))
                .forEach((partition, end) -> ends.put(partition.partition(), end));
        if (first.isEmpty() || ends.isEmpty()) {
            return;
        }
        Map<Integer, Long> archived =
                new ArchiveEnds(patience, problems).read("archive.address", archive, first.keySet());
        new LostRecords(options.topic(), problems)
                .check("archive.accept-lost-records", archive.acceptLost(), first, archived);
        new ForeignTopic(options.topic(), problems).check("archive.address", ends, archived);
    }

    private static void checkAlerts(
            WatchOptions watch, AuditOptions options, Brokers brokers, TopicCheck topics, Problems problems) {
        String path = "verify.transactions";
        topics.require("source.kafka", options.kafka(), List.of(watch.alerts()));
        brokers.transactionTimeout(path, options.kafka())
                .ifPresent(limit -> watch.transactions()
                        .check(
                                path,
                                limit,
                                options.job().checkpointInterval(),
                                options.job().checkpointTimeout(),
                                options.job().longestRestartDelay(),
                                problems));
    }
}

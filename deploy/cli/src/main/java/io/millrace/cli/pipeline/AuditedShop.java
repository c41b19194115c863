package io.millrace.cli.pipeline;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import io.millrace.cli.audit.ArchivePlace;
import io.millrace.cli.audit.LocalArchive;
import io.millrace.cli.audit.WrongByte;
import io.millrace.cli.migration.Migrations;
import io.millrace.cli.topic.Topics;
import io.millrace.local.Addresses;
import io.millrace.shop.audit.AuditTrail;
import io.millrace.shop.audit.TrailCounts;
import io.millrace.shop.audit.TrailOptions;
import io.millrace.shop.audit.check.TrailChecks;
import io.millrace.shop.audit.check.TrailLedger;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.TargetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Who reads, changes and exports what of the shop, the archive of that, and what is proven of it in the end. */
public final class AuditedShop implements AutoCloseable {

    private static final String TIMES = "message.timestamp.type";

    /** As {@code deploy/demo/audit.yaml} lets the job keep keys, in seconds, and a moment more. */
    private static final int WRITERS_KEEP = 3;

    private static final Duration BREATH = Duration.ofMillis(500);

    private final AuditTrail trail;
    private final LocalArchive archive;
    private final Path folder;
    private final TrailLedger ledger;
    private final TrailChecks checks;
    private final ArchiveChecks proof;

    private AuditedShop(
            Addresses addresses, TrailOptions options, AuditTrail trail, LocalArchive archive, Path folder) {
        this.trail = trail;
        this.archive = archive;
        this.folder = folder;
        this.ledger = new TrailLedger(addresses.kafkaBootstrap());
        this.checks = new TrailChecks(
                addresses.kafkaBootstrap(),
                addresses.clickhouseUrl(),
                PipelineTargets.DEAD_LETTERS,
                PipelineJobs.AUDIT,
                ledger);
        this.proof = new ArchiveChecks(archive, ledger, options.today());
    }

    /** Returns what {@code --sabotage} takes. */
    public static List<String> names() {
        return List.of(TrailChecks.COPY, ArchiveChecks.ARCHIVE);
    }

    /**
     * Makes the keys and all tables, tells of past days, so that there are some to seal, and lets everybody go on.
     * While the past is told, the topic takes the times of those who write; then it gets the brokers', as the list of
     * topics has it.
     *
     * @param place for the archive and all that belongs to it
     */
    public static AuditedShop open(Workspace workspace, Addresses addresses, ArchivePlace place, TrailOptions options)
            throws IOException, SQLException {
        Migrations migrations = new Migrations(workspace, new PrintWriter(Writer.nullWriter()));
        migrations.localPostgres(addresses.postgresUrl());
        migrations.localClickhouse(addresses.clickhouseUrl());
        LocalArchive archive = LocalArchive.make(workspace, addresses, place);
        Topics.createLocally(workspace, addresses.kafkaBootstrap(), AuditTrail.TOPIC, Map.of(TIMES, "CreateTime"));
        AuditTrail trail = AuditTrail.withPast(addresses.kafkaBootstrap(), options);
        try {
            Topics.applyLocally(workspace, addresses.kafkaBootstrap(), Map.of());
            trail.start();
            return new AuditedShop(addresses, options, trail, archive, place.folder());
        } catch (IOException | RuntimeException e) {
            trail.close();
            throw e;
        }
    }

    /** Returns the archive that the job fills. */
    public LocalArchive archive() {
        return archive;
    }

    /** Returns whether what they do is told to Kafka. */
    public boolean isHealthy() {
        return trail.isHealthy();
    }

    /** Returns what they have done so far. */
    public TrailCounts counts() {
        return trail.counts();
    }

    /** Lets everybody go home. */
    public TrailCounts stop() {
        return trail.stop();
    }

    /** Returns how many records a read-committed reader of the topic has seen so far, from now on those that are removed too. */
    public long told() {
        ledger.readOn();
        return ledger.records();
    }

    /** Returns whether the archive has gone to the end of its topic. */
    public boolean isAllArchived() {
        try {
            return archive.prove().notArchived() == 0;
        } catch (IOException e) {
            // its files are just joined or sealed
            return false;
        }
    }

    /** Compares what was made with the topic until all is equal or the patience is over; returns the last results. */
    public List<CheckResult> awaitEqual(Duration patience) {
        return await(patience, this::check);
    }

    private static List<CheckResult> await(Duration patience, Supplier<List<CheckResult>> check) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean isLast = System.nanoTime() >= deadline;
            try {
                List<CheckResult> results = check.get();
                if (isLast || results.stream().allMatch(CheckResult::isOk)) {
                    return results;
                }
            } catch (TargetException e) {
                if (isLast) {
                    throw e;
                }
            }
            LockSupport.parkNanos(BREATH.toNanos());
        }
    }

    /** Compares all once. */
    public List<CheckResult> check() {
        ledger.readOn();
        List<CheckResult> results = new ArrayList<>(checks.run());
        results.add(proof.proven());
        return results;
    }

    /**
     * Damages a target.
     *
     * @param target one of {@link #names()}
     * @return what was damaged
     */
    public String sabotage(String target) {
        try {
            return target.equals(ArchiveChecks.ARCHIVE)
                    ? WrongByte.in(archive.files()).record()
                    : checks.sabotage();
        } catch (IOException e) {
            throw new CommandFailure("the archive cannot be damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Forgets whom most records are about, verifies again, and lets a copy be tampered with. To be called once all is
     * equal.
     */
    public List<CheckResult> forgetAndTamper(Duration patience) {
        String subject = ledger.mostSeen();
        long about = ledger.about(subject);
        long others = ledger.records() - about;
        archive.erase(subject, WRITERS_KEEP);
        List<CheckResult> all = new ArrayList<>(await(patience, () -> proof.erased(subject, about, others)));
        all.add(proof.tampered(folder.resolve("tampered")));
        return all;
    }

    @Override
    public void close() {
        trail.close();
    }
}

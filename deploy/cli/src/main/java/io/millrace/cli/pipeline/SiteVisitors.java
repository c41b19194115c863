package io.millrace.cli.pipeline;

import io.millrace.cli.Workspace;
import io.millrace.cli.migration.Migrations;
import io.millrace.local.Addresses;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.TargetException;
import io.millrace.shop.visitors.VisitorCounts;
import io.millrace.shop.visitors.VisitorOptions;
import io.millrace.shop.visitors.VisitorTopics;
import io.millrace.shop.visitors.Visitors;
import io.millrace.shop.visitors.check.VisitorChecks;
import io.millrace.shop.visitors.check.VisitorTargets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The visitors of the shop's site beside its database, and the results of the analytics of what they do. */
public final class SiteVisitors implements AutoCloseable {

    /** As {@code deploy/demo/analytics.yaml} has them. */
    private static final int MOST_TERMS = 20;

    private static final int LEAST_USERS = 50;
    private static final String DATABASE = "millrace";
    private static final String REDIS = "redis.";

    private static final Duration DISORDER = Duration.ofSeconds(5);
    private static final Duration FIRST_RESULTS = Duration.ofHours(2);

    /** In which somebody looks at a page, buys something and makes a request, always. */
    private static final Duration LAST_RESULTS = Duration.ofMinutes(20);

    /** How long results may take before it is said again that the site is closed. */
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private final Visitors visitors;
    private final VisitorChecks checks;
    private final Instant firstResults;
    private final Path redisScript;
    private boolean hasResults;

    private SiteVisitors(Visitors visitors, VisitorChecks checks, Instant firstResults, Path redisScript) {
        this.visitors = visitors;
        this.checks = checks;
        this.firstResults = firstResults;
        this.redisScript = redisScript;
    }

    /** Makes the tables of results, if the topics are there, and lets the visitors come. */
    public static SiteVisitors start(Workspace workspace, Addresses addresses, VisitorOptions options)
            throws IOException, SQLException {
        new Migrations(workspace, new PrintWriter(Writer.nullWriter())).localClickhouse(addresses.clickhouseUrl());
        VisitorChecks checks = new VisitorChecks(new VisitorTargets(
                addresses.kafkaBootstrap(),
                addresses.clickhouseUrl(),
                DATABASE,
                addresses.redisUri(),
                VisitorTopics.standard(),
                VisitorTargets.Told.standard(),
                PipelineJobs.ANALYTICS,
                options.begin(),
                DISORDER,
                MOST_TERMS,
                LEAST_USERS));
        Visitors visitors = Visitors.start(addresses.kafkaBootstrap(), VisitorTopics.standard(), options);
        return new SiteVisitors(visitors, checks, options.begin().plus(FIRST_RESULTS), workspace.redisScript());
    }

    /** Tells whether the first hours are counted; as soon as they are, some visitors are too late for them. */
    public boolean haveResults() {
        if (!hasResults) {
            try {
                hasResults = checks.told().isAfter(firstResults);
            } catch (TargetException e) {
                return false;
            }
            if (hasResults) {
                visitors.letSomeBeTooLate();
            }
        }
        return hasResults;
    }

    /** Tells whether the last minutes before {@link #stop()} are counted: then nothing is left to be told. */
    public boolean haveLastResults() {
        try {
            return !checks.told().isBefore(visitors.time().minus(LAST_RESULTS));
        } catch (TargetException e) {
            return false;
        }
    }

    /** From now on most records are broken, and some visitors use names that were made to do harm. */
    public void letSomeBeHostile() {
        visitors.letSomeBeHostile();
    }

    /** From now on no event says its name to the job, so that what is told twice counts twice. */
    public void nameNothing() {
        visitors.nameNothing();
    }

    /** Writes every row of every table again as it was before its last event. */
    public void writeEarlierRows() {
        checks.writeEarlierRows();
    }

    /** Lets the tables keep what is written last, whatever its version. */
    public void forgetVersions() {
        checks.forgetVersions();
    }

    /** Notes what Redis holds of users and counters, and tells whether there is a user among it. */
    public boolean noteKeys() {
        try {
            return checks.noteKeys();
        } catch (TargetException e) {
            return false;
        }
    }

    /** Writes again what was noted of Redis, as an attempt would that was thought dead. */
    public void writeEarlierKeys() throws IOException {
        checks.writeEarlierKeys(Files.readString(redisScript));
    }

    /** Lets Redis forget the versions of what was noted. */
    public void forgetKeyVersions() {
        checks.forgetKeyVersions();
    }

    /** Tells whether Redis holds what it must, whatever tables do. */
    public boolean haveRightKeys() {
        try {
            return checks.run().stream()
                    .filter(result -> result.target().startsWith(REDIS))
                    .allMatch(CheckResult::isOk);
        } catch (TargetException e) {
            return false;
        }
    }

    /** Returns what time it is to them. */
    public Instant time() {
        return visitors.time();
    }

    /** Returns whether what they do is told to Kafka. */
    public boolean isHealthy() {
        return visitors.isHealthy();
    }

    /** Lets the last ones go, so that every window ends. */
    public VisitorCounts stop() {
        return visitors.stop();
    }

    /** Compares the results with what the visitors did until all are equal or the patience is over; returns the last. */
    public List<CheckResult> awaitEqual(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            boolean isLast = left.compareTo(SILENCE) <= 0;
            try {
                List<CheckResult> results = checks.awaitEqual(isLast ? left : SILENCE);
                if (isLast || results.stream().allMatch(CheckResult::isOk)) {
                    return results;
                }
            } catch (TargetException e) {
                if (isLast) {
                    throw e;
                }
            }
            visitors.repeatClosing();
        }
    }

    /** Returns how the results are compared with what the visitors did. */
    public VisitorChecks checks() {
        return checks;
    }

    @Override
    public void close() {
        visitors.close();
    }
}

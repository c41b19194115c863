package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.ClickHouseHttp;
import io.millrace.shop.check.TargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Every result against what the raw topics come to. Nobody may write to these any more, or what has come last differs. */
public final class VisitorChecks {

    private static final String REDIS_ACTIVITY = "redis.user_activity";
    private static final Duration BREATH = Duration.ofMillis(500);

    /** How much longer it rests than it looks. */
    private static final int RESTS = 2;

    private final VisitorTargets targets;
    private final Ledger ledger;
    private final Warehouse warehouse;
    private final RedisResults redis;
    private final ToldTopic detected;
    private final ToldTopic alerts;

    public VisitorChecks(VisitorTargets targets) {
        this.targets = targets;
        this.ledger = new Ledger(targets);
        this.warehouse = new Warehouse(new ClickHouseHttp(targets.clickhouse()), targets.database(), targets.since());
        this.redis = new RedisResults(targets.redis());
        this.detected = new ToldTopic(targets.bootstrap(), targets.told().detected(), ExpectedActivity::key);
        this.alerts = new ToldTopic(targets.bootstrap(), targets.told().alerts(), ExpectedAlerts::key);
    }

    /** Returns what can be damaged. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        ResultTable.TABLES.forEach(table -> names.add(table.target()));
        names.add(REDIS_ACTIVITY);
        return names;
    }

    /**
     * Damages one row of a target.
     *
     * @param target one of {@link #names()}
     * @return the row's key
     */
    public String sabotage(String target) {
        if (target.equals(REDIS_ACTIVITY)) {
            return redis.sabotage();
        }
        for (ResultTable table : ResultTable.TABLES) {
            if (table.target().equals(target)) {
                return table.sabotage(warehouse);
            }
        }
        throw new IllegalArgumentException("there is no target `" + target + "`; there are " + names());
    }

    /** Writes every row of every table again as it was before its last event: none may change by that. */
    public void writeEarlierRows() {
        ResultTable.TABLES.forEach(table -> table.writeEarlier(warehouse));
    }

    /** Puts tables in the place of those that keep the highest version of a row, which keep what was written last. */
    public void forgetVersions() {
        ResultTable.TABLES.forEach(table -> table.forgetVersions(warehouse));
    }

    /** Notes what Redis holds of users and counters, and tells whether there is a user among it. */
    public boolean noteKeys() {
        return redis.note();
    }

    /**
     * Writes again what was noted of Redis, with the versions of then: nothing may change by that.
     *
     * @param script by which the jobs write
     */
    public void writeEarlierKeys(String script) {
        redis.writeNoted(script);
    }

    /** Lets Redis forget the versions of what was noted. */
    public void forgetKeyVersions() {
        redis.forgetVersions();
    }

    /** Returns the time up to which views, orders and requests are in tables; the epoch's beginning for none. */
    public Instant told() {
        long told = Stream.of(ResultTable.PAGES, ResultTable.MINUTES, ResultTable.LATENCY)
                .mapToLong(table -> table.latest(warehouse))
                .min()
                .orElse(0);
        return Instant.ofEpochMilli(told);
    }

    /** Compares until all are equal or the patience is over, and returns the last results. */
    public List<CheckResult> awaitEqual(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long begin = System.nanoTime();
            try {
                List<CheckResult> results = run();
                if (results.stream().allMatch(CheckResult::isOk) || System.nanoTime() >= deadline) {
                    return results;
                }
            } catch (TargetException e) {
                if (System.nanoTime() >= deadline) {
                    throw e;
                }
            }
            long took = System.nanoTime() - begin;
            LockSupport.parkNanos(Math.max(BREATH.toNanos(), RESTS * took));
        }
    }

    /** Compares all once. */
    public List<CheckResult> run() {
        ledger.readOn();
        List<CheckResult> results = new ArrayList<>();
        Map<String, JsonNode> pages = ResultTable.PAGES.read(warehouse);
        Map<String, JsonNode> sessions = ResultTable.SESSIONS.read(warehouse);
        Map<String, JsonNode> latency = ResultTable.LATENCY.read(warehouse);
        results.add(ExpectedPages.of(ledger).compare(ResultTable.PAGES.target(), pages));
        results.add(ExpectedPages.days(ledger).compare("clickhouse.site_visitors_1d", warehouse.siteVisitors()));
        results.add(compare(ResultTable.MINUTES, ExpectedRevenue.of(ledger, Windows.MINUTE)));
        results.add(compare(ResultTable.HOURS, ExpectedRevenue.of(ledger, Windows.HOUR)));
        results.add(compare(ResultTable.SEARCHES, ExpectedSearches.of(ledger, targets.mostTerms())));
        results.add(ExpectedLatency.of(ledger).compare(ResultTable.LATENCY.target(), latency));
        results.add(ExpectedSessions.of(ledger).compare(ResultTable.SESSIONS.target(), sessions));
        results.add(compare(ResultTable.FUNNEL, ExpectedSessions.funnel(ledger)));
        Map<String, JsonNode> experiments = ResultTable.EXPERIMENTS.read(warehouse);
        experiments.values().removeIf(row -> !ExpectedExperiments.isSomething(row));
        results.add(ExpectedExperiments.of(ledger).compare(ResultTable.EXPERIMENTS.target(), experiments));
        ExpectedActivity activity = new ExpectedActivity(ledger);
        results.add(activity.now().compare(REDIS_ACTIVITY, redis.activity()));
        Expected counters = ExpectedLive.of(ledger);
        results.add(counters.compare("redis.live_counters", redis.counters(counters.keys())));
        results.add(detected.compare(activity.detected()));
        results.add(alerts.compare(ExpectedAlerts.of(ledger, targets.leastUsers())));
        results.add(compare(ResultTable.LATE, ExpectedLate.of(ledger, targets.since())));
        results.add(compare(ResultTable.LATE_PER_WINDOW, ExpectedLate.perWindow(ledger, targets.since())));
        results.addAll(accounts(pages, sessions, latency));
        return List.copyOf(results);
    }

    private List<CheckResult> accounts(
            Map<String, JsonNode> pages, Map<String, JsonNode> sessions, Map<String, JsonNode> latency) {
        Accounts accounts = new Accounts(ledger);
        return List.of(
                accounts.letters(),
                accounts.late(),
                accounts.sum(
                        "page-views",
                        ledger.views(),
                        ExpectedPages.RESULT,
                        Accounts.total(pages, "view_count"),
                        ExpectedPages.open(ledger),
                        ExpectedPages::key),
                accounts.sum(
                        "user-actions",
                        ledger.actions(),
                        ExpectedSessions.RESULT,
                        Accounts.total(sessions, "steps") - Accounts.total(sessions, "pages"),
                        ExpectedSessions.openActions(ledger),
                        ExpectedSessions::key),
                accounts.sum(
                        "metrics",
                        ledger.requests(),
                        ExpectedLatency.RESULT,
                        Accounts.total(latency, "requests"),
                        ExpectedLatency.open(ledger),
                        ExpectedLatency::key));
    }

    private CheckResult compare(ResultTable table, Expected expected) {
        return expected.compare(table.target(), table.read(warehouse));
    }
}

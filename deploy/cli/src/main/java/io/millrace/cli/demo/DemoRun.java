package io.millrace.cli.demo;

import io.millrace.cli.Terminal;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import io.millrace.cli.audit.ArchivePlace;
import io.millrace.cli.audit.LocalArchive;
import io.millrace.cli.pipeline.AuditedShop;
import io.millrace.cli.pipeline.FlinkMetrics;
import io.millrace.cli.pipeline.PipelineJobs;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PipelineSettings;
import io.millrace.cli.pipeline.PipelineTargets;
import io.millrace.cli.pipeline.PlantedRecord;
import io.millrace.cli.pipeline.SiteVisitors;
import io.millrace.cli.topic.Topics;
import io.millrace.local.Addresses;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadOptions;
import io.millrace.shop.audit.TrailOptions;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.visitors.VisitorOptions;
import io.millrace.shop.visitors.check.VisitorChecks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One demo on servers that run: from the empty shop to the verdict. */
final class DemoRun {

    private static final int USERS = 1_200;
    private static final int PRODUCTS = 300;
    private static final int ORDERS = 2_000;
    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final String QUESTION = "/?user=default&query=SELECT+status,count(),sum(total)+FROM+"
            + "shop.orders_current+GROUP+BY+status+FORMAT+PrettyCompact";
    private static final String BUSY_PAGES = "/?user=default&query=SELECT+page_url,sum(view_count)+FROM+"
            + "millrace.page_views_5min_current+GROUP+BY+page_url+ORDER+BY+2+DESC+LIMIT+10+FORMAT+PrettyCompact";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Workspace workspace;
    private final Addresses addresses;
    private final DemoPlan plan;
    private final StopSignals signals;
    private final PrintWriter out;
    private final ShopDatabase database;
    private final PipelineTargets targets;
    private final FlinkMetrics flink;
    private final PipelineJobs jobs;
    private final Path folder;

    DemoRun(Workspace workspace, PipelineServers servers, DemoPlan plan, StopSignals signals, PrintWriter out) {
        this.workspace = workspace;
        addresses = servers.addresses();
        this.plan = plan;
        this.signals = signals;
        this.out = out;
        database = new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), addresses.postgresPassword());
        targets = new PipelineTargets(addresses, database);
        flink = new FlinkMetrics(addresses.flinkUrl());
        jobs = new PipelineJobs(workspace, servers.flink(), flink, signals::await);
        folder = workspace.runs().resolve("demo");
    }

    /** Plays it all; returns whether every target equals its source. */
    boolean play() throws IOException, SQLException, InterruptedException {
        WorkloadOptions options = WorkloadOptions.seeded(plan.seed());
        try (AuditedShop audited = AuditedShop.open(
                        workspace,
                        addresses,
                        ArchivePlace.in(folder.resolve("audit")),
                        TrailOptions.seeded(plan.seed()));
                SiteVisitors visitors = openShop();
                ShopWorkload workload = startEverything(options, audited.archive())) {
            PlantedRecord broken = PlantedRecord.cutOff(addresses.kafkaBootstrap(), "users");
            printAddresses(audited);
            signals.startedUp();
            watch(workload, visitors, audited);
            out.println("draining: the shop closes, the pipelines catch up");
            out.println("the shop made " + workload.stop());
            out.println("the visitors made " + visitors.stop());
            out.println("the audit trail told " + audited.stop());
            return compare(Set.of(broken), visitors, audited);
        }
    }

    private SiteVisitors openShop() throws IOException, SQLException {
        Topics.applyLocally(workspace, addresses.kafkaBootstrap(), Map.of("table", ShopSchema.TABLES));
        ShopSchema.create(database);
        ShopSeed seed = ShopSeed.of(USERS, PRODUCTS, ORDERS, plan.seed());
        seed.plant(database);
        targets.plantStaleValues(USERS);
        out.println("the shop opens with " + seed.total() + " rows, seed " + plan.seed());
        return SiteVisitors.start(workspace, addresses, VisitorOptions.seeded(plan.seed()));
    }

    /**
     * The capture's slot exists once it is submitted; the clients are at work from that moment on, so that the snapshot
     * overlaps with transactions and no change is older than the slot. The sync waits for its topics to fill.
     */
    private ShopWorkload startEverything(WorkloadOptions options, LocalArchive archive) throws InterruptedException {
        PipelineSettings settings =
                new PipelineSettings(addresses, folder.resolve("dead-letters").toUri());
        CompletableFuture<ShopWorkload> workload = new CompletableFuture<>();
        try {
            Map<String, Map<String, String>> all = Map.of(
                    PipelineJobs.SYNC, settings.sync(),
                    PipelineJobs.CAPTURE, settings.capture(),
                    PipelineJobs.ANALYTICS, settings.analytics(),
                    PipelineJobs.AUDIT, settings.audit(archive));
            jobs.submit(all, job -> {
                if (job.equals(PipelineJobs.CAPTURE)) {
                    workload.complete(ShopWorkload.start(database, options));
                }
            });
            for (String job :
                    List.of(PipelineJobs.SYNC, PipelineJobs.CAPTURE, PipelineJobs.ANALYTICS, PipelineJobs.AUDIT)) {
                out.printf("%-13s%s%n", job, jobs.page(job));
            }
            jobs.awaitRunning();
            return workload.join();
        } catch (InterruptedException | RuntimeException e) {
            if (workload.isDone()) {
                workload.join().close();
            }
            throw e;
        }
    }

    private void watch(ShopWorkload workload, SiteVisitors visitors, AuditedShop audited) throws InterruptedException {
        Progress progress = new Progress(workload.counts());
        ProgressView view = new ProgressView(out, Terminal.isInteractive());
        long start = System.nanoTime();
        Duration elapsed = Duration.ZERO;
        Duration length = plan.length();
        List<String> tables = List.of(jobs.id(PipelineJobs.CAPTURE), jobs.id(PipelineJobs.SYNC));
        try (LiveCounters live = new LiveCounters(addresses.redisUri())) {
            while (length == null || elapsed.compareTo(length) < 0) {
                progress.look(System.nanoTime(), flink.read(tables));
                progress.visitors(live.line(visitors.time()) + " · audited "
                        + audited.counts().events());
                view.show(progress, elapsed, jobs.state());
                if (!workload.isHealthy() || !visitors.isHealthy() || !audited.isHealthy()) {
                    return;
                }
                jobs.requireHealthy();
                visitors.haveResults();
                if (signals.await(LOOK)) {
                    return;
                }
                elapsed = Duration.ofNanos(System.nanoTime() - start);
            }
        }
    }

    private boolean compare(Set<PlantedRecord> planted, SiteVisitors visitors, AuditedShop audited)
            throws SQLException {
        long deadline = System.nanoTime() + DRAIN.toNanos();
        List<CheckResult> results = new ArrayList<>(targets.awaitEqual(planted, DRAIN));
        List<CheckResult> ofVisitors = visitors.awaitEqual(Duration.ofNanos(deadline - System.nanoTime()));
        List<CheckResult> ofAudit = audited.awaitEqual(Duration.ofNanos(deadline - System.nanoTime()));
        String sabotage = plan.sabotage();
        if (sabotage != null) {
            out.println("sabotaged " + sabotage + " " + damage(sabotage, visitors, audited));
            results = new ArrayList<>(targets.check(planted));
            ofVisitors = visitors.checks().run();
            ofAudit = audited.check();
        }
        results.addAll(ofVisitors);
        results.addAll(ofAudit);
        if (ofAudit.stream().allMatch(CheckResult::isOk)) {
            results.addAll(audited.forgetAndTamper(DRAIN));
        }
        results.forEach(result -> out.println(result.report()));
        boolean equal = results.stream().allMatch(CheckResult::isOk);
        if (!equal) {
            out.print(jobs.errors());
        }
        return equal;
    }

    private String damage(String target, SiteVisitors visitors, AuditedShop audited) throws SQLException {
        if (AuditedShop.names().contains(target)) {
            return audited.sabotage(target);
        }
        return VisitorChecks.names().contains(target) ? visitors.checks().sabotage(target) : targets.sabotage(target);
    }

    private void printAddresses(AuditedShop audited) {
        TextTable table = new TextTable("LOOK AT", "ADDRESS");
        table.row("Flink", addresses.flinkUrl());
        table.row("a search", addresses.elasticsearchUrl() + "/users/_search?q=active:true&pretty");
        table.row("the indices", addresses.elasticsearchUrl() + "/_cat/indices?v");
        table.row("a change topic", addresses.kafkaBootstrap() + " " + PipelineTargets.TOPIC_PREFIX + "users");
        table.row(
                "Postgres", addresses.postgresUrl().substring("jdbc:".length()) + "?user=" + addresses.postgresUser());
        table.row("Redis", addresses.redisUri());
        table.row("live counters", addresses.redisUri() + " HGETALL live:views");
        table.row("busy pages", addresses.clickhouseUrl() + BUSY_PAGES);
        table.row("a question", addresses.clickhouseUrl() + QUESTION);
        table.row("dead letters", "./millrace dlq list");
        table.row(
                "the proof",
                "./millrace audit verify --archive "
                        + audited.archive().files() + " --public-key "
                        + audited.archive().publicKeys());
        out.println();
        table.print(out);
        out.println();
        out.flush();
    }
}

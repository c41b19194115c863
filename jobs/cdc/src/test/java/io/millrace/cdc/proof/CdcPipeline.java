package io.millrace.cdc.proof;

import static java.lang.System.Logger.Level.INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.JobInProcess;
import io.millrace.cdc.UnguardedSync;
import io.millrace.local.LocalServers;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadOptions;
import io.millrace.shop.check.Check;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.ClickHouseCheck;
import io.millrace.shop.check.DeadLetterCheck;
import io.millrace.shop.check.ElasticsearchCheck;
import io.millrace.shop.check.EqualityChecks;
import io.millrace.shop.check.PostgresCheck;
import io.millrace.shop.check.RedisCheck;
import io.millrace.shop.check.TopicCheck;
import io.millrace.testing.FlinkRest;
import io.millrace.testing.KafkaTopics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline as users run it: the job jar on a Flink cluster of several processes, from Postgres to topics, and from
 * there to Elasticsearch, Redis and, if wanted, ClickHouse and Postgres. Every proof has a database, topics, indices and keys of its own.
 */
final class CdcPipeline implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CdcPipeline.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int PARTITIONS = 3;

    private final Names names;
    private final LocalServers servers;
    private final FlinkRest flink;
    private final KafkaTopics topics;
    private final ShopDatabase admin;
    private final ShopDatabase database;
    private final JobFiles files;
    private final boolean all;
    private final List<String> jobs = new ArrayList<>();

    private CdcPipeline(String name, LocalServers servers, boolean all) throws SQLException {
        this.all = all;
        this.names = new Names(name);
        this.servers = servers;
        this.flink = FlinkRest.of(servers);
        this.topics = new KafkaTopics(servers.addresses().kafkaBootstrap());
        this.files = new JobFiles(servers.addresses(), names, overflow(), all);
        this.admin = new ShopDatabase(
                servers.addresses().postgresUrl(), servers.addresses().postgresUser(), "");
        execute(admin, "CREATE DATABASE " + names.database());
        String url = "jdbc:postgresql://" + servers.addresses().postgresHost() + ":"
                + servers.addresses().postgresPort() + "/" + names.database();
        this.database = new ShopDatabase(url, admin.user(), admin.password());
    }

    /** Makes an empty shop and its topics, for a pipeline into Elasticsearch and Redis; no job runs yet. */
    static CdcPipeline open(String name, LocalServers servers) throws SQLException {
        return open(new CdcPipeline(name, servers, false));
    }

    /** Does what {@link #open} does, for a pipeline into ClickHouse and Postgres as well. */
    static CdcPipeline openAll(String name, LocalServers servers) throws SQLException {
        return open(new CdcPipeline(name, servers, true));
    }

    private static CdcPipeline open(CdcPipeline pipeline) throws SQLException {
        ShopSchema.create(pipeline.database);
        pipeline.names.topics().forEach(topic -> pipeline.topics.createCompacted(topic, PARTITIONS));
        pipeline.topics.create(pipeline.names.deadLetters(), 1);
        return pipeline;
    }

    /** Where the jobs keep dead letters that are too large for Kafka. */
    URI overflow() {
        return servers.data().root().resolve("dead-letters").toUri();
    }

    Names names() {
        return names;
    }

    FlinkRest flink() {
        return flink;
    }

    KafkaTopics topics() {
        return topics;
    }

    /** The database that every server has, where the read models are. */
    ShopDatabase admin() {
        return admin;
    }

    ShopDatabase database() {
        return database;
    }

    void execute(String sql) throws SQLException {
        execute(database, sql);
    }

    ShopWorkload play(WorkloadOptions options) {
        LOG.log(INFO, names.name() + ": " + options);
        return ShopWorkload.start(database, options);
    }

    /** Runs the job that fills the topics in this process, with further settings as {@code key=value}. */
    JobInProcess captureHere(List<String> tables, String... settings) throws Exception {
        return JobInProcess.start(with(files.capture(tables, "at-least-once"), settings));
    }

    /** Submits the job that fills the topics and returns its id, before its tasks run. */
    String capture(String delivery) throws IOException {
        return submit(files.capture(ShopSchema.TABLES, delivery));
    }

    /** Submits the job that fills the topics at least once, with further settings as {@code key=value}. */
    String captureWith(String... settings) throws IOException {
        return submit(with(files.capture(ShopSchema.TABLES, "at-least-once"), settings));
    }

    /** Does what {@link #captureWith(String...)} does, for some of the tables. */
    String captureOf(List<String> tables, String... settings) throws IOException {
        return submit(with(files.capture(tables, "at-least-once"), settings));
    }

    /**
     * Submits the job that fills Elasticsearch and Redis and returns its id, before its tasks run.
     *
     * @param settings further ones, each as {@code key=value}
     */
    String sync(List<String> from, String routes, String... settings) throws IOException {
        return submit(with(files.sync(from, routes), settings));
    }

    /** Does what {@link #sync} does, in this process. */
    JobInProcess syncHere(List<String> from, String routes, String... settings) throws Exception {
        return JobInProcess.start(with(files.sync(from, routes), settings));
    }

    /** Goes on from a savepoint with the job of {@link #syncHere}. */
    JobInProcess resumeHere(String savepoint, List<String> from, String routes, String... settings) throws Exception {
        return JobInProcess.start(with(files.sync(from, routes), settings), savepoint);
    }

    /** Where jobs in this process leave their savepoints. */
    URI savepoints() {
        return servers.data().savepoints().toUri();
    }

    /** Runs the job of {@link #sync} on the shop's topics to their end, with targets that compare no versions. */
    void syncUnguarded() throws Exception {
        UnguardedSync.run(files.sync(names.topics(), ""));
    }

    private static List<String> with(List<String> arguments, String... settings) {
        List<String> all = new ArrayList<>(arguments);
        for (String setting : settings) {
            all.addAll(List.of("--set", setting));
        }
        return all;
    }

    /** Runs the job that fills Elasticsearch and Redis from Postgres itself, in this process. */
    JobInProcess directHere(List<String> tables, int generation) throws Exception {
        return JobInProcess.start(files.direct(tables, generation));
    }

    /** Submits a capture again, from a savepoint, and returns its id. */
    String resumeCapture(String savepoint, List<String> tables, String... settings) throws IOException {
        String job = flink.submit(jar(), savepoint, with(files.capture(tables, "at-least-once"), settings));
        jobs.add(job);
        return job;
    }

    JobFiles files() {
        return files;
    }

    /** Submits the job with its arguments as users give them, and returns its id. */
    String submit(List<String> arguments) throws IOException {
        String job = flink.submit(jar(), arguments);
        jobs.add(job);
        return job;
    }

    /** Submits as {@link #submit(List)} does, with these variables in the command's environment. */
    String submit(List<String> arguments, Map<String, String> environment) throws IOException {
        String job = flink.with(environment).submit(jar(), arguments);
        jobs.add(job);
        return job;
    }

    private static Path jar() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(path -> path.getFileName().toString().matches("millrace-cdc-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no job jar in target; build with package"))
                    .toAbsolutePath();
        }
    }

    /** Returns how many records the shop's topics hold. */
    long captured() {
        return names.topics().stream()
                .mapToLong(topic -> topics.read(topic).size())
                .sum();
    }

    /** Waits until a job in this process has settled what the topics hold. */
    void awaitDrained(JobInProcess job, List<String> from) throws Exception {
        job.awaitSettled(TopicEnds.of(servers.addresses().kafkaBootstrap(), from));
    }

    /** Requires that topics, Elasticsearch and Redis equal Postgres, and that there is no dead letter. */
    void assertEqual() {
        List<Check> checks = new ArrayList<>(targets(names));
        checks.add(noDeadLetters(JobFiles.CAPTURE));
        checks.add(noDeadLetters(JobFiles.SYNC));
        assertOk(awaitEqual(checks));
    }

    List<CheckResult> awaitEqual(List<Check> checks) {
        return checks(checks).awaitEqual(PATIENCE);
    }

    /** Waits as {@link #awaitEqual(List)} does, for some of the tables. */
    List<CheckResult> awaitEqual(List<Check> checks, List<String> tables) {
        return new EqualityChecks(database, tables, checks).awaitEqual(PATIENCE);
    }

    List<CheckResult> run(List<Check> checks) {
        return checks(checks).run();
    }

    private EqualityChecks checks(List<Check> checks) {
        return new EqualityChecks(database, ShopSchema.TABLES, checks);
    }

    static void assertOk(List<CheckResult> results) {
        results.forEach(result -> LOG.log(INFO, result.line()));
        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.isOk()).as(result.report()).isTrue());
    }

    /**
     * Returns the checks of every target of the shop.
     *
     * @param written whose topics tell the versions
     */
    List<Check> targets(Names written) {
        List<Check> checks = new ArrayList<>();
        for (String table : ShopSchema.TABLES) {
            TopicCheck topic = topic(written, table);
            checks.add(topic);
            checks.add(new ElasticsearchCheck(
                            servers.addresses().elasticsearchUrl(), names.index(table), table, topic(written, table))
                    .withDecimalsAsNumbers());
            checks.add(redis(table, topic(written, table)));
            if (all) {
                checks.add(clickhouse(table, topic(written, table)));
                checks.add(postgres(table, topic(written, table)));
            }
        }
        return checks;
    }

    private Check redis(String table, @Nullable TopicCheck versions) {
        return new RedisCheck(servers.addresses().redisUri(), names.keys(table), table, versions);
    }

    private Check clickhouse(String table, @Nullable TopicCheck versions) {
        return new ClickHouseCheck(
                servers.addresses().clickhouseUrl(), names.warehouse() + "." + table, table, versions);
    }

    private Check postgres(String table, @Nullable TopicCheck versions) {
        return new PostgresCheck(admin, names.readModel(), table, versions);
    }

    /** Returns the checks of some tables' values in each target but the topics, whatever their versions. */
    List<Check> values(List<String> tables) {
        List<Check> checks = new ArrayList<>();
        for (String table : tables) {
            checks.add(new ElasticsearchCheck(servers.addresses().elasticsearchUrl(), names.index(table), table, null)
                    .withDecimalsAsNumbers());
            checks.add(redis(table, null));
            if (all) {
                checks.add(clickhouse(table, null));
                checks.add(postgres(table, null));
            }
        }
        return checks;
    }

    /** Compares the values of one table, in Elasticsearch first, then in Redis. */
    List<CheckResult> compare(String table) {
        return new EqualityChecks(database, List.of(table), values(List.of(table))).run();
    }

    /** Waits for the dead letters of all jobs. */
    List<ConsumerRecord<byte[], byte[]>> awaitLetters(int atLeast) {
        return await(atLeast + " dead letters")
                .atMost(PATIENCE)
                .until(() -> topics.read(names.deadLetters()), letters -> letters.size() >= atLeast);
    }

    TopicCheck topic(Names written, String table) {
        return new TopicCheck(servers.addresses().kafkaBootstrap(), written.topic(table), table);
    }

    Check noDeadLetters(String job) {
        return new DeadLetterCheck(servers.addresses().kafkaBootstrap(), names.deadLetters(), job, Set.of());
    }

    static void execute(ShopDatabase where, String sql) throws SQLException {
        try (Connection connection = where.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Cancels the jobs and drops the slot; what they wrote stays. */
    @Override
    public void close() throws SQLException {
        List<String> alive = jobs.isEmpty() ? List.of() : flink.jobs();
        jobs.stream().filter(alive::contains).forEach(flink::cancel);
        dropSlot();
    }

    /** Loses what was not read yet, as a database that moved to another machine does. */
    void dropSlot() throws SQLException {
        String ofSlot = " FROM pg_replication_slots WHERE slot_name = '" + names.slot() + "'";
        execute("SELECT pg_terminate_backend(active_pid)" + ofSlot + " AND active");
        await("the slot is dropped").atMost(PATIENCE).ignoreExceptions().until(() -> {
            execute("SELECT pg_drop_replication_slot(slot_name)" + ofSlot);
            return true;
        });
    }
}

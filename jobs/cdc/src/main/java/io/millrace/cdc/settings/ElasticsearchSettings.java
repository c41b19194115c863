package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import io.millrace.common.failure.Backoff;
import io.millrace.common.serde.DecimalForm;
import io.millrace.common.settings.BackoffSettings;
import io.millrace.common.settings.Sizes;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Batching;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Connection;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Documents;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.IndexSettings;
import io.millrace.common.sink.elasticsearch.IndexRoute;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Elasticsearch as a target. */
final class ElasticsearchSettings {

    static final String KEY = "targets.elasticsearch";

    static final Setting<List<String>> HOSTS = Setting.list(
                    "targets.elasticsearch.hosts", "Base addresses of the nodes, as `[https://search-1:9200]`.")
            .mustBeGiven()
            .mustBe(
                    hosts -> !hosts.isEmpty() && hosts.stream().allMatch(host -> host.matches("https?://[^/@\\s]+/?")),
                    "be addresses such as https://search-1:9200, without a user",
                    "the client connects to each");

    static final Setting<String> USERNAME =
            Setting.text("targets.elasticsearch.username", "User for basic authentication; none by default.");

    static final Setting<Secret> PASSWORD =
            Setting.secret("targets.elasticsearch.password", "Password of the user, as `${env:NAME}`.");

    static final Setting<String> CA_CERTIFICATE = Setting.text(
            "targets.elasticsearch.ca-certificate",
            "File of PEM certificates to trust in place of the JVM's, on every TaskManager.");

    static final Setting<Duration> CONNECT_TIMEOUT = positive(Setting.duration(
            "targets.elasticsearch.connect-timeout", Duration.ofSeconds(5), "Time to wait for a connection."));

    static final Setting<Duration> REQUEST_TIMEOUT = positive(Setting.duration(
            "targets.elasticsearch.request-timeout",
            Duration.ofSeconds(60),
            "Time to wait for an answer. Too low repeats batches that a busy cluster is still writing."));

    static final Setting<Integer> BATCH_ACTIONS = Setting.integer(
                    "targets.elasticsearch.batch.max-actions",
                    Batching.defaults().maxActions(),
                    "Writes in one bulk request. Lower costs more requests; higher keeps more in memory.")
            .mustBe(count -> count >= 1, "be at least 1", "an empty request writes nothing");

    static final Setting<MemorySize> BATCH_BYTES = Setting.memorySize(
                    "targets.elasticsearch.batch.max-size",
                    new MemorySize(Batching.defaults().maxBytes()),
                    "Size of one bulk request. Elasticsearch refuses more than its `http.max_content_length`.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "a request is held in memory");

    static final Setting<Duration> BATCH_INTERVAL = positive(Setting.duration(
            "targets.elasticsearch.batch.interval",
            Batching.defaults().interval(),
            "Longest time a write waits for its batch. Lower shows changes earlier; higher costs fewer requests."));

    static final BackoffSettings BACKOFF = BackoffSettings.of(
            KEY,
            Backoff.defaults().first(),
            Backoff.defaults().longest(),
            Backoff.defaults().giveUpAfter());

    static final Setting<DecimalForm> DECIMALS = Setting.oneOf(
            "targets.elasticsearch.documents.decimals",
            DecimalForm.class,
            Documents.defaults().decimals(),
            "How exact decimals are written: as text, which keeps every digit, or as a JSON number.");

    static final Setting<MemorySize> LARGEST_DOCUMENT = Setting.memorySize(
                    "targets.elasticsearch.documents.max-size",
                    new MemorySize(Documents.defaults().maxBytes()),
                    "Largest document that is written; a larger one becomes a dead letter.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "a document is held in memory");

    static final Setting<Integer> SHARDS = Setting.integer(
                    "targets.elasticsearch.indices.shards",
                    IndexSettings.defaults().shards(),
                    "Shards of an index that is made; one that exists keeps its own.")
            .mustBe(count -> count >= 1, "be at least 1", "an index has a shard");

    static final Setting<Integer> REPLICAS = Setting.integer(
                    "targets.elasticsearch.indices.replicas",
                    IndexSettings.defaults().replicas(),
                    "Copies of each shard. 0 loses documents with their node.")
            .mustBe(count -> count >= 0, "be at least 0", "there is no negative number of copies");

    static final Setting<Duration> REFRESH_INTERVAL = positive(Setting.duration(
            "targets.elasticsearch.indices.refresh-interval",
            IndexSettings.defaults().refreshInterval(),
            "Time until a written document can be searched. Lower costs indexing speed."));

    static final Setting<Duration> GC_DELETES = positive(Setting.duration(
            "targets.elasticsearch.indices.gc-deletes",
            IndexSettings.defaults().gcDeletes(),
            "Time for which the version of a deleted document is remembered. A change that arrives later than this"
                    + " after a delete, in a replay or a long restart, brings the document back."));

    static final Setting<Integer> FIELD_LIMIT = Setting.integer(
                    "targets.elasticsearch.indices.total-fields-limit",
                    IndexSettings.defaults().totalFieldsLimit(),
                    "Most fields of an index, so that no document can explode its mapping.")
            .mustBe(count -> count >= 1, "be at least 1", "a document has a field");

    static final List<Setting<?>> ALL = List.of(
            HOSTS,
            USERNAME,
            PASSWORD,
            CA_CERTIFICATE,
            CONNECT_TIMEOUT,
            REQUEST_TIMEOUT,
            BATCH_ACTIONS,
            BATCH_BYTES,
            BATCH_INTERVAL,
            BACKOFF.first(),
            BACKOFF.longest(),
            BACKOFF.giveUpAfter(),
            DECIMALS,
            LARGEST_DOCUMENT,
            SHARDS,
            REPLICAS,
            REFRESH_INTERVAL,
            GC_DELETES,
            FIELD_LIMIT);

    private ElasticsearchSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        if (config.has(USERNAME.key()) && !config.has(PASSWORD.key())) {
            problems.add(USERNAME.key(), "is given without `" + PASSWORD.key() + "`; a user needs a password");
        }
        if (config.has(PASSWORD.key()) && !config.has(USERNAME.key())) {
            problems.add(PASSWORD.key(), "is given without `" + USERNAME.key() + "`; a password needs a user");
        }
        BACKOFF.check(config, problems);
    }

    static ElasticsearchConfig read(ConfigReader config, List<IndexRoute> routes) {
        return new ElasticsearchConfig(
                new Connection(
                        config.get(HOSTS),
                        config.find(USERNAME).orElse(null),
                        config.find(PASSWORD).orElse(null),
                        config.find(CA_CERTIFICATE).orElse(null),
                        config.get(CONNECT_TIMEOUT),
                        config.get(REQUEST_TIMEOUT)),
                new Batching(config.get(BATCH_ACTIONS), config.get(BATCH_BYTES).getBytes(), config.get(BATCH_INTERVAL)),
                BACKOFF.read(config),
                new Documents(config.get(DECIMALS), Sizes.toInt(config.get(LARGEST_DOCUMENT))),
                new IndexSettings(
                        config.get(SHARDS),
                        config.get(REPLICAS),
                        config.get(REFRESH_INTERVAL),
                        config.get(GC_DELETES),
                        config.get(FIELD_LIMIT)),
                routes);
    }

    private static Setting<Duration> positive(Setting<Duration> setting) {
        return setting.mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "nothing happens in less");
    }
}

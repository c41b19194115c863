package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FileLetters;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Batching;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Connection;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Documents;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.IndexSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.elasticsearch.index.VersionType;
import org.jspecify.annotations.Nullable;

/** A job that writes a given list of changes of {@link Changes#TABLE} to one index. */
final class ElasticsearchJob {

    final FileLetters letters;
    private final ElasticsearchConfig config;

    ElasticsearchJob(String url, String index, @Nullable String mapping, Path letters) {
        this(
                new ElasticsearchConfig(
                        Connection.to(List.of(url)),
                        new Batching(100, 1024 * 1024, Duration.ofMillis(100)),
                        new Backoff(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(5)),
                        Documents.defaults(),
                        new IndexSettings(1, 0, Duration.ofSeconds(1), Duration.ofHours(24), 1000),
                        List.of(new IndexRoute(Changes.TABLE, index, mapping))),
                new FileLetters(letters));
    }

    private ElasticsearchJob(ElasticsearchConfig config, FileLetters letters) {
        this.letters = letters;
        this.config = config;
    }

    /** Returns one that writes the same in batches of so many. */
    ElasticsearchJob inBatchesOf(int most) {
        Batching batching = new Batching(
                most, config.batching().maxBytes(), config.batching().interval());
        return new ElasticsearchJob(
                new ElasticsearchConfig(
                        config.connection(),
                        batching,
                        config.backoff(),
                        config.documents(),
                        config.indices(),
                        config.routes()),
                letters);
    }

    ElasticsearchJob prepared() throws Exception {
        ElasticsearchTarget.prepare(config);
        return this;
    }

    Sink<RowChange> sink() {
        return ElasticsearchTarget.sink(config, "test", letters);
    }

    /** Writes and returns when everything is done. */
    JobID write(List<RowChange> changes) throws Exception {
        return write(changes, sink());
    }

    /** Writes and does not wait. */
    JobClient start(List<RowChange> changes) throws Exception {
        return environment(changes, sink()).executeAsync("elasticsearch");
    }

    /** The control: Elasticsearch counts versions itself and takes every write. */
    void writeWithoutVersions(List<RowChange> changes) throws Exception {
        write(changes, new RowSink(config, "test", letters, VersionType.INTERNAL));
    }

    private static JobID write(List<RowChange> changes, Sink<RowChange> sink) throws Exception {
        return environment(changes, sink).execute("elasticsearch").getJobID();
    }

    private static StreamExecutionEnvironment environment(List<RowChange> changes, Sink<RowChange> sink) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getConfig().disableGenericTypes();
        env.fromData(changes, RowChangeTypeInfo.INSTANCE)
                .rebalance()
                .sinkTo(sink)
                .setParallelism(2);
        return env;
    }
}

package io.millrace.cdc;

import io.millrace.common.job.JobEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Change data capture: row changes of Postgres, or of Debezium topics, to Kafka, Elasticsearch and Redis. */
public final class CdcJob {

    private CdcJob() {}

    /** Submits the job; see {@link io.millrace.common.config.Arguments} for the arguments. */
    public static void main(String[] args) throws Exception {
        CdcOptions options = CdcOptions.parse(args);
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        long start = CdcPreflight.run(options, JobEnvironment.isRestored(env), System.out);
        CdcOutputs outputs = CdcTopology.of(
                CdcSources.of(options, start).addTo(env), options.name(), options.routes(), options.kafka());
        CdcSinks.attach(outputs, options);
        env.execute(options.name());
    }
}

package io.millrace.cdc;

import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Fence;
import io.millrace.common.source.postgres.CaptureStart;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Change data capture: row changes of Postgres, or of Debezium topics, to every {@link io.millrace.cdc.model.Target}. */
public final class CdcJob {

    private CdcJob() {}

    /** Submits the job; see {@link io.millrace.common.config.Arguments} for the arguments. */
    public static void main(String[] args) throws Exception {
        CdcOptions options = CdcOptions.parse(args);
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        build(env, options);
        env.execute(options.name());
    }

    /** Looks at the servers, makes them ready, and adds every operator to the environment. */
    static void build(StreamExecutionEnvironment env, CdcOptions options) throws Exception {
        boolean restored = JobEnvironment.isRestored(env);
        CaptureStart start = CdcPreflight.run(options, restored, System.out);
        build(env, options, start, CdcPreflight.fence(options, restored));
    }

    static void build(StreamExecutionEnvironment env, CdcOptions options, CaptureStart start, Fence fence) {
        CdcOutputs outputs = CdcTopology.of(
                CdcSources.of(options, start).addTo(env),
                options.name(),
                options.routes(),
                options.databases(),
                options.kafka());
        CdcSinks.attach(outputs, options, fence);
    }
}

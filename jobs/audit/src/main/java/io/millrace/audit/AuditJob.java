package io.millrace.audit;

import io.millrace.common.job.JobEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The audit archive: every audit event, encrypted, chained, and sealed day by day. */
public final class AuditJob {

    private AuditJob() {}

    /** Submits the job; see {@link io.millrace.common.config.Arguments} for the arguments. */
    public static void main(String[] args) throws Exception {
        AuditOptions options = AuditOptions.parse(args);
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        AuditPreflight.run(options, System.out);
        build(env, options);
        env.execute(options.name());
    }

    /** Adds every operator to the environment. */
    static void build(StreamExecutionEnvironment env, AuditOptions options) {
        AuditOutputs outputs =
                AuditTopology.of(AuditSources.records(env, options), AuditSources.ticks(env, options), options);
        AuditSinks.attach(outputs, options);
        options.watch().ifPresent(watch -> AuditSinks.attach(AuditSources.alerts(env, watch), watch, options));
    }
}

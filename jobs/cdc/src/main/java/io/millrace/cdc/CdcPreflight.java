package io.millrace.cdc;

import io.millrace.cdc.settings.KafkaTargetSettings;
import io.millrace.common.config.Problems;
import io.millrace.common.job.JobOptions;
import io.millrace.common.sink.elasticsearch.ElasticsearchTarget;
import io.millrace.common.sink.kafka.BrokerLimits;
import io.millrace.common.sink.kafka.Transactions;
import java.io.IOException;
import java.time.Duration;

/** What must be true of the targets before the job starts. */
final class CdcPreflight {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private CdcPreflight() {}

    /**
     * Asks the targets, and makes the indices.
     *
     * @throws IOException if one cannot be reached or refuses
     */
    static void run(CdcOptions options) throws IOException, InterruptedException {
        Problems problems = new Problems();
        if (options.kafka().isPresent() && options.kafka().get().transactions().isPresent()) {
            check(options.kafka().get(), options.kafka().get().transactions().get(), options.job(), problems);
        }
        problems.throwIfAny();
        if (options.elasticsearch().isPresent()) {
            ElasticsearchTarget.prepare(options.elasticsearch().get());
        }
    }

    private static void check(KafkaTargetSettings target, Transactions transactions, JobOptions job, Problems problems)
            throws IOException {
        transactions.check(
                "targets.kafka.transactions",
                BrokerLimits.transactionTimeout(target.config().kafka(), PATIENCE),
                job.checkpointInterval(),
                job.checkpointTimeout(),
                job.longestRestartDelay(),
                problems);
    }
}

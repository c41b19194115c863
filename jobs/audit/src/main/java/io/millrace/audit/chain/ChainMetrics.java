package io.millrace.audit.chain;

import io.millrace.common.metrics.MetricNames;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What is counted of the records that are read. */
final class ChainMetrics {

    private static final String ARCHIVED = "archived";

    private final Counter chained;
    private final Counter malformed;
    private final Counter archivedBefore;

    ChainMetrics(MetricGroup group, String topic) {
        MetricGroup root = group.addGroup(MetricNames.ROOT);
        MetricGroup table = root.addGroup(MetricNames.TABLE, topic);
        chained = table.counter(MetricNames.RECORDS_IN.name());
        malformed =
                table.addGroup(MetricNames.TARGET, EncryptedLetters.STAGE).counter(MetricNames.DEAD_LETTERED.name());
        archivedBefore = root.addGroup(MetricNames.REASON, ARCHIVED).counter(MetricNames.SKIPPED.name());
    }

    void chained() {
        chained.inc();
    }

    void malformed() {
        malformed.inc();
    }

    void archivedBefore() {
        archivedBefore.inc();
    }
}

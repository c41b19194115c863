package io.millrace.benchmarks.cdc;

import java.util.List;

/** Every case, with what it has to reach. */
final class CdcCases {

    static final List<CdcCase> ALL = List.of(
            new SnapshotCase(),
            new StreamCase(),
            new SyncCase(SyncTarget.ELASTICSEARCH, 1.5, 0.85, 20),
            new SyncCase(SyncTarget.REDIS, 2, 0.7, 15),
            new SyncCase(SyncTarget.CLICKHOUSE, 2.5, 0.8, 0),
            new AllCase(),
            new LatencyCase(),
            new GrowthCase());

    private CdcCases() {}
}

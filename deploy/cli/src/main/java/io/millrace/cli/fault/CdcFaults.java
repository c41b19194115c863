package io.millrace.cli.fault;

import java.util.List;
import java.util.stream.Stream;

/** What can be done to the pipeline from Postgres to its targets. */
final class CdcFaults {

    static final FaultList ALL = new FaultList(Stream.of(FlinkFaults.all(), SourceFaults.all(), TargetFaults.all())
            .flatMap(List::stream)
            .toList());

    private CdcFaults() {}
}

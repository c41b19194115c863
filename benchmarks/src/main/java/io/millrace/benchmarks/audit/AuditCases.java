package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.stage.BenchCase;
import java.util.List;

/** Every case. */
final class AuditCases {

    static final List<BenchCase<Depot>> ALL = List.of(new DrainCase(), new VerifyCase());

    private AuditCases() {}
}

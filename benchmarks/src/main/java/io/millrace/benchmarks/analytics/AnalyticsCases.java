package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.stage.BenchCase;
import java.util.List;

/** Every case. */
final class AnalyticsCases {

    static final List<BenchCase<Scene>> ALL =
            List.of(new TumblingCase(), new SlidingCase(), new PercentilesCase(), new GrowthCase());

    private AnalyticsCases() {}
}

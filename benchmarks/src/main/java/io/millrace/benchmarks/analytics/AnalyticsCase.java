package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Findings;
import io.millrace.benchmarks.harness.Pairs;
import io.millrace.benchmarks.stage.BenchCase;
import java.util.List;

/** A case in which contenders do the same work in turn. */
interface AnalyticsCase extends BenchCase<Scene> {

    /** Fills the topic, on empty servers, and names who takes part. */
    Contest prepare(Scene scene) throws Exception;

    @Override
    default List<Finding> play(Scene scene) throws Exception {
        Contest contest = prepare(scene);
        return Findings.of(
                contest, new Pairs(scene.out()).play(contest, scene.plan().pairs()));
    }
}

package io.millrace.benchmarks.harness;

import java.util.function.ToDoubleFunction;

/** What two runs are compared by; each ratio says how many times better the first one is. */
public enum Measure {
    PIPELINE_CPU("pipeline CPU s per million records", Run::pipelinePerMillion, true),
    ALL_CPU("CPU s per million records, servers included", Run::allPerMillion, true),
    RATE("records/s", Run::rate, false);

    private final String unit;
    private final ToDoubleFunction<Run> value;
    private final boolean lessIsBetter;

    Measure(String unit, ToDoubleFunction<Run> value, boolean lessIsBetter) {
        this.unit = unit;
        this.value = value;
        this.lessIsBetter = lessIsBetter;
    }

    /** Returns the unit for people. */
    public String unit() {
        return unit;
    }

    /** Returns the figure of a run. */
    public double of(Run run) {
        return value.applyAsDouble(run);
    }

    /** Returns how many times better a run is than another. */
    public double ratio(Run run, Run other) {
        return lessIsBetter ? of(other) / of(run) : of(run) / of(other);
    }
}

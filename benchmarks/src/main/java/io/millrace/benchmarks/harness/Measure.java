package io.millrace.benchmarks.harness;

/** What two runs are compared by; each ratio says how many times better the first one is. */
public enum Measure {
    PIPELINE_CPU("pipeline CPU s per million records", true),
    ALL_CPU("CPU s per million records, servers included", true),
    RATE("records/s", false);

    private final String unit;
    private final boolean lessIsBetter;

    Measure(String unit, boolean lessIsBetter) {
        this.unit = unit;
        this.lessIsBetter = lessIsBetter;
    }

    /** Returns the unit for people. */
    public String unit() {
        return unit;
    }

    /** Returns the figure of a run. */
    public double of(Run run) {
        return switch (this) {
            case PIPELINE_CPU -> run.pipelinePerMillion();
            case ALL_CPU -> run.allPerMillion();
            case RATE -> run.rate();
        };
    }

    /** Returns how many times better a run is than another. */
    public double ratio(Run run, Run other) {
        return lessIsBetter ? of(other) / of(run) : of(run) / of(other);
    }
}

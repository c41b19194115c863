package io.millrace.benchmarks.harness;

/** What two runs are compared by; each ratio says how many times better the first one is. */
public enum Measure {
    PIPELINE_CPU("pipeline CPU s per %s", true),
    ALL_CPU("CPU s per %s, servers included", true),
    RATE("%s", false);

    private final String unit;
    private final boolean lessIsBetter;

    Measure(String unit, boolean lessIsBetter) {
        this.unit = unit;
        this.lessIsBetter = lessIsBetter;
    }

    /** Returns the unit for people. */
    public String unit(Amount amount) {
        return unit.formatted(this == RATE ? amount.rate() : amount.million());
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

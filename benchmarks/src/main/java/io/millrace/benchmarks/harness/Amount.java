package io.millrace.benchmarks.harness;

/** What a run's work is counted in. */
public enum Amount {
    RECORDS("million records", "records/s", 1),
    /** A run's records are kilobytes: 1,000 bytes each. */
    KILOBYTES("GB", "MB/s", 1_000);

    private final String million;
    private final String rate;
    private final double inARate;

    Amount(String million, String rate, double inARate) {
        this.million = million;
        this.rate = rate;
        this.inARate = inARate;
    }

    /** Returns what a million of them is called. */
    String million() {
        return million;
    }

    /** Returns what they are called in a second. */
    String rate() {
        return rate;
    }

    /** Returns the figure of so many in a second, in that unit. */
    double ofRate(double each) {
        return each / inARate;
    }
}

package io.millrace.benchmarks.harness;

/**
 * One run of a contender, from the moment when its target held the warm-up's records until it held all.
 *
 * @param records that arrived meanwhile
 * @param seconds of the wall clock
 * @param pipelineSeconds of processor time that the contender took
 * @param serverSeconds of processor time that the servers took
 * @param wrong why the target is not what it must be; empty if it is
 * @param note what else is worth telling, such as the garbage collector
 */
public record Run(
        long records, double seconds, double pipelineSeconds, double serverSeconds, String wrong, String note) {

    private static final double MILLION = 1e6;

    /** Returns a run that came to nothing. */
    public static Run failed(String why) {
        return new Run(0, 0, 0, 0, why, "");
    }

    /** Returns whether the run has figures. */
    public boolean isValid() {
        return wrong.isEmpty();
    }

    /** Returns records a second. */
    public double rate() {
        return records / seconds;
    }

    /** Returns the contender's CPU seconds per million records. */
    public double pipelinePerMillion() {
        return pipelineSeconds * MILLION / records;
    }

    /** Returns CPU seconds per million records, the servers' included. */
    public double allPerMillion() {
        return (pipelineSeconds + serverSeconds) * MILLION / records;
    }

    /** Returns the run with something more to tell. */
    public Run noting(String more) {
        String all = note.isEmpty() ? more : note + ", " + more;
        return new Run(records, seconds, pipelineSeconds, serverSeconds, wrong, all);
    }

    /** Returns the run without figures, because its target is wrong. */
    public Run voided(String why) {
        return new Run(records, seconds, pipelineSeconds, serverSeconds, why, note);
    }
}

package io.millrace.benchmarks.workload;

/**
 * Of a set of rows, whatever their order.
 *
 * @param rows how many
 * @param sum of their hashes, modulo 2<sup>64</sup>
 */
public record Checksum(long rows, long sum) {

    public static final Checksum EMPTY = new Checksum(0, 0);

    /** Returns the checksum with one row more. */
    public Checksum plus(BenchRow row) {
        return new Checksum(rows + 1, sum + row.hash());
    }

    /** Returns the checksum of these rows and others. */
    public Checksum plus(Checksum other) {
        return new Checksum(rows + other.rows, sum + other.sum);
    }

    @Override
    public String toString() {
        return rows + " rows, sum " + Long.toHexString(sum);
    }
}

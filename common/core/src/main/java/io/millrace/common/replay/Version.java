package io.millrace.common.replay;

/**
 * The version of a derived write: {@code generation (8 bits) << 55 | position (55 bits)}, a non-negative
 * {@code long}. A target accepts an equal or a higher version and refuses a lower one, which is why any pipeline
 * can be replayed over a live target.
 *
 * <p>A version stays a primitive on the hot path; this class makes, takes apart and prints it.
 */
public final class Version {

    /** The highest generation: 8 bits. */
    public static final int MAX_GENERATION = 0xFF;

    /** The highest position: 55 bits. */
    public static final long MAX_POSITION = (1L << 55) - 1;

    /** The name of the Kafka record header that carries a version as decimal text. */
    public static final String HEADER = "millrace-version";

    private static final int TEXT_LENGTH = 19;

    private Version() {}

    /**
     * Makes a version.
     *
     * @param generation 0 to {@link #MAX_GENERATION}
     * @param position 0 to {@link #MAX_POSITION}
     * @throws VersionOverflowException if either is out of its range; the job must stop
     */
    public static long of(int generation, long position) {
        if (generation < 0 || generation > MAX_GENERATION) {
            throw new VersionOverflowException("generation " + generation + " is not between 0 and " + MAX_GENERATION);
        }
        if (position < 0 || position > MAX_POSITION) {
            throw new VersionOverflowException("position " + position + " is not between 0 and " + MAX_POSITION);
        }
        return ((long) generation << 55) | position;
    }

    public static int generation(long version) {
        return (int) (version >>> 55);
    }

    public static long position(long version) {
        return version & MAX_POSITION;
    }

    /** Returns the version as 19 digits, so that text order is version order (Lua and JavaScript lose 63-bit numbers). */
    public static String toText(long version) {
        String digits = Long.toString(version);
        return "0".repeat(TEXT_LENGTH - digits.length()) + digits;
    }

    /**
     * Reads a version from its text.
     *
     * @param text decimal digits, leading zeros allowed
     * @throws NumberFormatException if the text is not a number of 0 to 2^63 - 1
     */
    public static long parse(String text) {
        long version = Long.parseLong(text);
        if (version < 0) {
            throw new NumberFormatException("a version is not negative: " + text);
        }
        return version;
    }
}

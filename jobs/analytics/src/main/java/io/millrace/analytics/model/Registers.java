package io.millrace.analytics.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/**
 * The registers of a sketch, for others to merge: SQL can take the greater value of each, and nothing of the sketch's own
 * form. A value is with how many zeros the hash of a name began, and one more: registers tell no name.
 */
final class Registers {

    /** A sketch with more is folded: a row of a quarter of a million registers would be a megabyte. */
    static final int MOST_PRECISION = 14;

    private static final int GROUP = 3;

    /** Where a sketch that was written has what, by the format that all libraries of DataSketches share. */
    private static final int COUNT_OF_LIST = 6;

    private static final int MODE = 7;
    private static final int LIST = 0;
    private static final int SET = 1;
    private static final int COUPONS_OF_LIST = 8;
    private static final int COUNT_OF_SET = 8;
    private static final int COUPONS_OF_SET = 12;
    private static final int DENSE = 40;

    private static final int MODE_BITS = 3;
    private static final int VALUE_BITS = 6;
    private static final int VALUE_MASK = (1 << VALUE_BITS) - 1;
    private static final int VALUE_OF_COUPON = 26;

    private Registers() {}

    /**
     * Returns groups of 3 bytes: first one that begins with the binary logarithm of how many registers there are, and then of
     * each that is not 0, ascending, its number (2 bytes, little-endian) and its value.
     */
    static byte[] of(HllSketch sketch) {
        int precision = Math.min(MOST_PRECISION, sketch.getLgConfigK());
        int[] registers = sorted(sketch, (1 << precision) - 1);
        byte[] groups = new byte[(registers.length + 1) * GROUP];
        groups[0] = (byte) precision;
        int end = GROUP;
        for (int i = 0; i < registers.length; i++) {
            int number = registers[i] >> VALUE_BITS;
            // the last one of a number has its greatest value
            if (i + 1 == registers.length || registers[i + 1] >> VALUE_BITS != number) {
                groups[end] = (byte) number;
                groups[end + 1] = (byte) (number >> Byte.SIZE);
                groups[end + 2] = (byte) (registers[i] & VALUE_MASK);
                end += GROUP;
            }
        }
        return end == groups.length ? groups : Arrays.copyOf(groups, end);
    }

    /**
     * Returns numbers and values, as one integer each; a number may come several times. Only a sketch of many has to be
     * brought into a form with a byte for each register: those of few are written in one way.
     */
    private static int[] sorted(HllSketch sketch, int mask) {
        ByteBuffer written = ByteBuffer.wrap(sketch.toCompactByteArray()).order(ByteOrder.nativeOrder());
        int[] registers = switch (written.get(MODE) & MODE_BITS) {
            case LIST -> coupons(written, COUPONS_OF_LIST, written.get(COUNT_OF_LIST), mask);
            case SET -> coupons(written, COUPONS_OF_SET, written.getInt(COUNT_OF_SET), mask);
            default -> dense(sketch.copyAs(TgtHllType.HLL_8).toCompactByteArray(), mask);
        };
        Arrays.sort(registers);
        return registers;
    }

    private static int[] coupons(ByteBuffer written, int from, int count, int mask) {
        int[] registers = new int[count];
        for (int i = 0; i < count; i++) {
            int coupon = written.getInt(from + i * Integer.BYTES);
            registers[i] = register(coupon & mask, coupon >>> VALUE_OF_COUPON);
        }
        return registers;
    }

    private static int[] dense(byte[] written, int mask) {
        int[] registers = new int[written.length - DENSE];
        int count = 0;
        for (int i = 0; i < registers.length; i++) {
            int value = written[DENSE + i] & VALUE_MASK;
            if (value > 0) {
                registers[count++] = register(i & mask, value);
            }
        }
        return Arrays.copyOf(registers, count);
    }

    private static int register(int number, int value) {
        return (number << VALUE_BITS) | value;
    }
}

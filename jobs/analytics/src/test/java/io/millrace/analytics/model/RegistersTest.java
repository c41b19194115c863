package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.datasketches.hash.MurmurHash3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistersTest {

    private static final long SEED = 9_001;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 150, 3_000, 80_000})
    void holdTheGreatestValueOfEachThatIsNotEmpty(int visitors) {
        List<Long> all = hashes(0, visitors);

        assertThat(registers(count(14, all))).isEqualTo(expected(14, all));
        assertThat(registers(count(9, all))).isEqualTo(expected(9, all));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 900, 60_000})
    void areFoldedWhereThereWereMore(int visitors) {
        List<Long> all = hashes(0, visitors);

        assertThat(registers(count(18, all))).isEqualTo(expected(14, all));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 200, 40_000})
    void areTheSameBytesWhateverCameFirst(int visitors) {
        List<Long> all = hashes(0, visitors);
        byte[] forward = count(14, all).registers();
        Collections.shuffle(all, new Random(SEED));
        DistinctCount merged = count(14, all.subList(0, visitors / 3));
        merged.addAll(count(14, all.subList(visitors / 4, visitors)));

        assertThat(count(14, all).registers()).isEqualTo(forward);
        assertThat(merged.registers()).isEqualTo(forward);
    }

    @Test
    void mergeByTheGreaterValueToThoseOfAll() {
        TreeMap<Integer, Integer> merged = new TreeMap<>(registers(count(14, hashes(0, 5_000))));
        registers(count(14, hashes(3_000, 30_000))).forEach((number, value) -> merged.merge(number, value, Math::max));

        assertThat(merged).isEqualTo(registers(count(14, hashes(0, 30_000))));
    }

    @Test
    void beginWithTheirPrecision() {
        assertThat(new DistinctCount(8).registers()).containsExactly(8, 0, 0);
        assertThat(new DistinctCount(17).registers()).containsExactly(14, 0, 0);
    }

    private static DistinctCount count(int precision, List<Long> hashes) {
        DistinctCount count = new DistinctCount(precision);
        hashes.forEach(count::add);
        return count;
    }

    private static List<Long> hashes(int from, int to) {
        return new ArrayList<>(LongStream.range(from, to).boxed().toList());
    }

    /** What the paper says of each: the zeros that one half of the hash begins with, where the other half puts it. */
    private static Map<Integer, Integer> expected(int precision, List<Long> hashes) {
        Map<Integer, Integer> registers = new TreeMap<>();
        for (long hash : hashes) {
            long[] halves = MurmurHash3.hash(new long[] {hash}, SEED);
            int number = (int) (halves[0] & ((1 << precision) - 1));
            registers.merge(number, Long.numberOfLeadingZeros(halves[1]) + 1, Math::max);
        }
        return registers;
    }

    private static Map<Integer, Integer> registers(DistinctCount count) {
        byte[] groups = count.registers();
        assertThat(groups.length % 3).isZero();
        Map<Integer, Integer> registers = new TreeMap<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 3; i < groups.length; i += 3) {
            int number = Byte.toUnsignedInt(groups[i]) | Byte.toUnsignedInt(groups[i + 1]) << 8;
            numbers.add(number);
            registers.put(number, (int) groups[i + 2]);
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        return registers;
    }
}

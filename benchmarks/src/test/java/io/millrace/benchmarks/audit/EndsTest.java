package io.millrace.benchmarks.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.bytes.Hash;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndsTest {

    private static final Ends RIGHT = ends("ab", 7);

    private static Ends ends(String hash, long records) {
        return new Ends(
                Map.of(0, new Ends.End(records, 9, Hash.ofHex(hash.repeat(32))), 3, new Ends.End(1, 0, Hash.ZERO)));
    }

    @Test
    void theSameEndsAreRight() {
        assertThat(RIGHT.difference(ends("ab", 7))).isEmpty();
        assertThat(RIGHT.records()).isEqualTo(8);
    }

    @Test
    void namesThePartitionThatEndsInAnotherHashOrHoldsFewerRecords() {
        assertThat(RIGHT.difference(ends("ac", 7)))
                .startsWith("partition 0 has 7 records to offset 9, hash acac")
                .contains("it must have 7 records to offset 9, hash abab");
        assertThat(RIGHT.difference(ends("ab", 6))).startsWith("partition 0 has 6 records");
    }

    @Test
    void missesAPartition() {
        assertThat(RIGHT.difference(new Ends(Map.of(3, new Ends.End(1, 0, Hash.ZERO)))))
                .isEqualTo("the archive has the partitions [3]; it must have [0, 3]");
    }
}

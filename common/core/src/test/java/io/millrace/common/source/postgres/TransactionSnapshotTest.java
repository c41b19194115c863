package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionSnapshotTest {

    /** The last two lines: the counter of 32 bits has begun again once, at 4294967296. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            100:100:                          |         99 | true
            100:100:                          |        100 | false
            100:100:                          |        101 | false
            100:105:100,103                   |        100 | false
            100:105:100,103                   |        101 | true
            100:105:100,103                   |        103 | false
            100:105:100,103                   |          5 | true
            4294967300:4294967310:4294967305  |          9 | false
            4294967300:4294967310:4294967305  |         10 | true
            4294967300:4294967310:            | 4294967290 | true
            """)
    void seesWhatHadCommitted(String printed, long transaction, boolean seen) {
        assertThat(TransactionSnapshot.of(printed).sees(transaction)).isEqualTo(seen);
    }
}

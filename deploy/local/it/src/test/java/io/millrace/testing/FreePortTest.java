package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    /** From there on, Linux takes one for each connection that somebody opens. */
    private static final int OUTGOING = 32_768;

    @Test
    void isGivenOnceAndToNoConnection() {
        List<Integer> given = Stream.generate(FreePort::reserve).limit(20).toList();

        assertThat(given).doesNotHaveDuplicates().allMatch(port -> port < OUTGOING);
    }
}

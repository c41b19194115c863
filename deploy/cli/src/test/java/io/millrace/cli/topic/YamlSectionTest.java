package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlSectionTest {
    @ParameterizedTest
    @CsvSource({"topics,topics,0", "topcis,topics,2", "'',abc,3", "kitten,sitting,3", "abc,'',3"})
    void countsTheEditsBetweenTwoWords(String a, String b, int edits) {
        assertThat(YamlSection.distance(a, b)).isEqualTo(edits);
    }

    @Test
    void suggestsTheNearestKeyOrListsThem() {
        Set<String> keys = Set.of("partitions", "replication");
        assertThat(YamlSection.suggestion("replicaton", keys)).isEqualTo("; did you mean `replication`?");
        assertThat(YamlSection.suggestion("size", keys)).isEqualTo("; the keys are partitions, replication");
    }
}

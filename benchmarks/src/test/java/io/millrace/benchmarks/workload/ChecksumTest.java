package io.millrace.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    private static final BenchRow ONE =
            new BenchRow(1, 2, 3, 4, 0.125, true, "paid", "a@example.org", "x", 1_767_225_601_000_007L);
    private static final BenchRow TWO =
            new BenchRow(2, 2, 3, 4, 0.125, true, "paid", "a@example.org", "x", 1_767_225_601_000_007L);

    @Test
    void theOrderOfRowsDoesNotMatter() {
        assertThat(Checksum.EMPTY.plus(ONE).plus(TWO))
                .isEqualTo(Checksum.EMPTY.plus(TWO).plus(ONE));
    }

    @Test
    void everyColumnMatters() {
        for (String column :
                ONE.json().properties().stream().map(e -> e.getKey()).toList()) {
            ObjectNode other = ONE.json();
            switch (column) {
                case "active" -> other.put(column, false);
                case "placed" -> other.put(column, "2026-01-01T00:00:01.000008Z");
                case "status", "email", "note" -> other.put(column, "other");
                default -> other.put(column, 77);
            }
            assertThat(Checksum.EMPTY.plus(BenchRow.of(other))).as(column).isNotEqualTo(Checksum.EMPTY.plus(ONE));
        }
    }

    @Test
    void aRowIsTheSameInEveryForm() {
        ObjectNode micros = ONE.json().put("placed", ONE.placed());

        assertThat(BenchRow.of(ONE.json())).isEqualTo(ONE);
        assertThat(BenchRow.of(micros)).isEqualTo(ONE);
    }
}

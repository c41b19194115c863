package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerKindTest {

    @ParameterizedTest
    @CsvSource({
        "08006, TRANSIENT",
        "08001, TRANSIENT",
        "57P01, TRANSIENT",
        "57P03, TRANSIENT",
        "53300, TRANSIENT",
        "53100, TRANSIENT",
        "40P01, TRANSIENT",
        "40001, TRANSIENT",
        "55P03, TRANSIENT",
        "25006, TRANSIENT",
        "XX000, TRANSIENT",
        "22P02, DATA",
        "22003, DATA",
        "23505, DATA",
        "23514, DATA",
        "P0001, DATA",
        "54000, DATA",
        "42P01, STRUCTURE",
        "42703, STRUCTURE",
        "42P10, STRUCTURE",
        "42501, FATAL",
        "28P01, FATAL",
        "3D000, FATAL",
        "42601, FATAL",
        "2BP01, FATAL",
        "0A000, FATAL"
    })
    void followsFromTheCode(String sqlState, AnswerKind kind) {
        assertThat(AnswerKind.of(sqlState)).isEqualTo(kind);
    }

    @Test
    void isTransientIfNobodyAnswered() {
        assertThat(AnswerKind.of(null)).isEqualTo(AnswerKind.TRANSIENT);
        assertThat(AnswerKind.of("")).isEqualTo(AnswerKind.TRANSIENT);
    }

    /** The driver itself may refuse a value, and repeat it. */
    @Test
    void aDataErrorThatTheServerDidNotGiveKeepsNoneOfItsWords() {
        SQLException error = new SQLException("Batch entry 0 INSERT … VALUES ('canary') was aborted", "22023");

        AnswerException answer = AnswerException.of("jdbc:postgresql://db:5432/shop", error);

        assertThat(answer)
                .hasMessageContaining("db:5432/shop")
                .hasMessageContaining("22023")
                .hasNoCause();
        assertThat(answer.getMessage()).doesNotContain("canary");
    }
}

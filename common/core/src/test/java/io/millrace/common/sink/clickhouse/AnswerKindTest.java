package io.millrace.common.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerKindTest {

    @ParameterizedTest
    @CsvSource({
        "0, TRANSIENT, nobody answered",
        "75, TRANSIENT, CANNOT_WRITE_TO_FILE_DESCRIPTOR as on a full disk",
        "159, TRANSIENT, TIMEOUT_EXCEEDED",
        "202, TRANSIENT, TOO_MANY_SIMULTANEOUS_QUERIES",
        "241, TRANSIENT, MEMORY_LIMIT_EXCEEDED",
        "242, TRANSIENT, TABLE_IS_READ_ONLY",
        "243, TRANSIENT, NOT_ENOUGH_SPACE as on a full disk",
        "252, TRANSIENT, TOO_MANY_PARTS",
        "1001, TRANSIENT, STD_EXCEPTION as of a file system that is full",
        "16, STRUCTURE, NO_SUCH_COLUMN_IN_TABLE",
        "60, STRUCTURE, UNKNOWN_TABLE",
        "349, DATA, CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN",
        "469, DATA, VIOLATED_CONSTRAINT",
        "164, FATAL, READONLY",
        "497, FATAL, ACCESS_DENIED",
        "516, FATAL, AUTHENTICATION_FAILED"
    })
    void followsFromTheCode(int code, AnswerKind kind, String name) {
        assertThat(AnswerKind.of(code)).as(name).isEqualTo(kind);
    }
}

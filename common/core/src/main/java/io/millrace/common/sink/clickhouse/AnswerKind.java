package io.millrace.common.sink.clickhouse;

import java.util.Set;

/** What follows from an answer of ClickHouse's that is an error. */
enum AnswerKind {
    /** Somebody changed the table, or it is gone: look at it again. */
    STRUCTURE,
    /** A row is refused for what it is. */
    DATA,
    /** No write of this user gets through. */
    FATAL,
    /** Away, busy or full: the same again later. */
    TRANSIENT;

    private static final Set<Integer> STRUCTURES = Set.of(
            8, // THERE_IS_NO_COLUMN
            10, // NOT_FOUND_COLUMN_IN_BLOCK
            16, // NO_SUCH_COLUMN_IN_TABLE
            33, // CANNOT_READ_ALL_DATA
            36, // BAD_ARGUMENTS
            44, // ILLEGAL_COLUMN
            47, // UNKNOWN_IDENTIFIER
            53, // TYPE_MISMATCH
            60, // UNKNOWN_TABLE
            117); // INCORRECT_DATA

    private static final Set<Integer> DATA_ERRORS = Set.of(
            6, // CANNOT_PARSE_TEXT
            26, // CANNOT_PARSE_QUOTED_STRING
            27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
            38, // CANNOT_PARSE_DATE
            41, // CANNOT_PARSE_DATETIME
            69, // ARGUMENT_OUT_OF_BOUND
            70, // CANNOT_CONVERT_TYPE
            72, // CANNOT_PARSE_NUMBER
            131, // TOO_LARGE_STRING_SIZE
            153, // ILLEGAL_DIVISION
            321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
            376, // CANNOT_PARSE_UUID
            349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
            395, // FUNCTION_THROW_IF_VALUE_IS_NON_ZERO
            407, // DECIMAL_OVERFLOW
            467, // CANNOT_PARSE_BOOL
            469); // VIOLATED_CONSTRAINT

    private static final Set<Integer> FATALS = Set.of(
            62, // SYNTAX_ERROR
            81, // UNKNOWN_DATABASE
            115, // UNKNOWN_SETTING
            164, // READONLY
            192, // UNKNOWN_USER
            193, // WRONG_PASSWORD
            194, // REQUIRED_PASSWORD
            497, // ACCESS_DENIED
            516); // AUTHENTICATION_FAILED

    /** @param code as in the list of ClickHouse's error codes (ErrorCodes.cpp) */
    static AnswerKind of(int code) {
        if (STRUCTURES.contains(code)) {
            return STRUCTURE;
        }
        if (DATA_ERRORS.contains(code)) {
            return DATA;
        }
        return FATALS.contains(code) ? FATAL : TRANSIENT;
    }
}

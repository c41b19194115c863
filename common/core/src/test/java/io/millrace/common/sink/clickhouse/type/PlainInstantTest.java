package io.millrace.common.sink.clickhouse.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainInstantTest {

    private static final String BEFORE = "{\"at\":";
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @Test
    void readsWhatTheLibraryReads() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long second = random.nextLong(FIRST.getEpochSecond(), LAST.getEpochSecond() + 1);
            Instant instant = Instant.ofEpochSecond(second, i % 4 == 0 ? 0 : random.nextInt(1_000_000_000));

            assertThat(at(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T23:59:59.5Z",
                "2026-01-31T23:59:59.05Z",
                "2026-01-31T23:59:59.1234567Z",
                "2024-02-29T00:00:00.000000001Z"
            })
    void readsAnyNumberOfDigitsBehindTheSecond(String text) {
        assertThat(at(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-31",
                "2026-01-31T23:59:59",
                "2026-01-31T23:59:59+00:00",
                "2026-01-31 23:59:59Z",
                "2026-01-31T23:59:59.Z",
                "2026-01-31T23:59:59,5Z",
                "2026-01-31T23:59:59.5xZ",
                "2026-01-31T23:59:59.1234567890Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T23:60:00Z",
                "2026-01-31T23:59:60Z",
                "-0044-03-15T12:00:00Z",
                "+12026-01-31T23:59:59Z"
            })
    void leavesEveryOtherForm(String text) {
        assertThat(at(text)).isNull();
    }

    private static @Nullable Instant at(String text) {
        byte[] row = (BEFORE + '"' + text + "\"}").getBytes(StandardCharsets.UTF_8);
        return PlainInstant.at(row, BEFORE.length(), row.length - 1);
    }
}

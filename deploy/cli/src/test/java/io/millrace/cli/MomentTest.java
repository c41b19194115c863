package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentTest {
    private static final Moment.Converter NOON =
            new Moment.Converter(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));

    @ParameterizedTest
    @CsvSource({
        "30s, 2026-03-01T11:59:30Z",
        "90m, 2026-03-01T10:30:00Z",
        "2h, 2026-03-01T10:00:00Z",
        "7 d, 2026-02-22T12:00:00Z",
        "2026-02-28T23:30:00+01:00, 2026-02-28T22:30:00Z",
        "2026-02-28T23:30:00.25Z, 2026-02-28T23:30:00.25Z"
    })
    void readsHowLongAgoAndTimesWithTheirZone(String text, Instant time) {
        assertThat(NOON.convert(text)).isEqualTo(new Moment(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "h", "-2h", "2w", "2026-02-28", "2026-02-28T23:30:00", "2026-02-30T00:00:00Z"})
    void refusesWhatSaysNoMoment(String text) {
        assertThatThrownBy(() -> NOON.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("`" + text + "`")
                .hasMessageContaining("such as 30m, 2h or 7d");
    }

    @Test
    void escapesWhatCouldDriveATerminal() {
        assertThatThrownBy(() -> NOON.convert("\u001b[2J")).hasMessageContaining("\\u001b[2J");
    }
}

package io.millrace.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a broker's clock may be ahead, and what somebody can accept who looked. */
class PlausibilityTest {

    private static final Instant NOW = Instant.parse("2026-03-05T18:30:00Z");

    private static void require(@Nullable LocalDate accepted, String appended) {
        require(accepted, Instant.parse(appended).toEpochMilli());
    }

    private static void require(@Nullable LocalDate accepted, long appended) {
        new Plausibility(NOW::toEpochMilli, accepted)
                .require(new ConsumedRecord("audit-logs", 3, 7, appended, null, new byte[0], List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "1969-12-31T23:59:59.999Z",
        "2026-03-05T18:30:00Z",
        "2026-03-06T23:59:59.999Z",
    })
    void whatHasComeOrComesTomorrowNeedsNobody(String appended) {
        assertThatCode(() -> require(null, appended)).doesNotThrowAnyException();
    }

    /** The day that is accepted is, to its last moment, and none behind it. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-09, 2026-03-07T00:00:00Z,     true",
        "2026-03-09, 2026-03-09T23:59:59.999Z, true",
        "2026-03-09, 2026-03-10T00:00:00Z,     false",
        "2026-03-01, 2026-03-06T12:00:00Z,     true",
        "2026-03-01, 2026-03-07T00:00:00Z,     false",
        "2099-12-31, 2026-04-05T23:59:59.999Z, true",
        "2099-12-31, 2026-04-06T00:00:00Z,     false",
        "2099-12-31, 2099-01-01T00:00:00Z,     false",
        "          , 2026-03-07T00:00:00Z,     false"
    })
    void whatIsFurtherAheadNeedsSomebodyAndIsNeverMoreThanAMonth(
            @Nullable LocalDate accepted, String appended, boolean passes) {
        if (passes) {
            assertThatCode(() -> require(accepted, appended)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> require(accepted, appended)).isInstanceOf(SuppressRestartsException.class);
        }
    }

    @Test
    void theRefusalNamesTheRecordBothClocksAndWhatAcceptsIt() {
        assertThatThrownBy(() -> require(null, "2026-03-08T01:00:00Z"))
                .rootCause()
                .hasMessageContaining("record 3:7 of audit-logs was appended at 2026-03-08T01:00:00Z")
                .hasMessageContaining("by the clock of this machine it is 2026-03-05T18:30:00Z")
                .hasMessageContaining("`archive.accept-ahead-through: 2026-03-08` accepts it");
        assertThatThrownBy(() -> require(null, "2099-01-01T00:00:00Z"))
                .rootCause()
                .hasMessageContaining("more than the 31 days that can be accepted")
                .message()
                .doesNotContain("accept-ahead-through");
    }

    /** Whatever eight bytes a broker's record has. */
    @ParameterizedTest
    @CsvSource({"9223372036854775807", "-9223372036854775808", "253402300800000"})
    void timesThatNoClockShowsAreJudgedToo(long appended) {
        if (appended < 0) {
            assertThatCode(() -> require(null, appended)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> require(LocalDate.MAX, appended))
                    .isInstanceOf(SuppressRestartsException.class)
                    .rootCause()
                    .satisfies(e -> assertThat(e).hasMessageContaining("31 days"));
        }
    }
}

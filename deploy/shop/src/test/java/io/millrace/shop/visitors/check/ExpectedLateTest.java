package io.millrace.shop.visitors.check;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a few events that came too late come to, worked out by hand. */
class ExpectedLateTest {

    private static final long MINUTE = 60_000;
    private static final long NOON = RawEvents.NOON;

    private final RawEvents raw = new RawEvents();

    /** The third is told twice, as by an attempt that failed; and a window of others is not looked at. */
    @Test
    void whatWasTooLateIsARowOfItsKeyAndCountsOnceInItsWindow() {
        late("revenue", "EUR/", NOON, 7);
        late("revenue", "EUR/books", NOON, 7);
        late("revenue", "EUR/", NOON, 8);
        late("revenue", "EUR/", NOON, 8);
        late("revenue", "EUR/", NOON - MINUTE, 7);

        Instant since = Instant.ofEpochMilli(NOON);
        String key = "window_start=" + NOON + " result=revenue key=EUR/%s topic=user-actions partition=0 offset=%d";
        String row = "{\"happened\":" + (NOON + 1) + "}";
        ExpectedResultsTest.assertRows(
                ExpectedLate.of(raw.ledger, since),
                Map.of(
                        key.formatted("", 7), row,
                        key.formatted("books", 7), row,
                        key.formatted("", 8), row));
        ExpectedResultsTest.assertRows(
                ExpectedLate.perWindow(raw.ledger, since),
                Map.of("window_start=" + NOON + " result=revenue", "{\"events\":2}"));
    }

    private void late(String result, String key, long window, long offset) {
        String told = ("{\"pipeline\":\"analytics\",\"result\":\"%s\",\"key\":\"%s\",\"windowStart\":\"%s\","
                        + "\"timestamp\":\"%s\",\"lateMillis\":60000,\"topic\":\"user-actions\",\"partition\":0,\"offset\":%d}")
                .formatted(result, key, Instant.ofEpochMilli(window), Instant.ofEpochMilli(window + 1), offset);
        raw.ledger.addLate(raw.record("late-events", 0, told.getBytes(StandardCharsets.UTF_8)));
    }
}

package io.millrace.analytics.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LiveTallyTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2), new Random().longs(10));
    }

    @ParameterizedTest
    @CsvSource({
        "DAY,Europe/Berlin,2026-03-29T12:00:00Z,2026-03-28T23:00:00Z",
        "DAY,Europe/Berlin,2026-03-29T22:00:00Z,2026-03-29T22:00:00Z",
        "DAY,Atlantic/Azores,2026-10-25T12:00:00Z,2026-10-25T00:00:00Z",
        "DAY,America/Havana,2026-11-01T12:00:00Z,2026-11-01T04:00:00Z",
        "DAY,UTC,2026-03-29T23:59:59.999Z,2026-03-29T00:00:00Z",
        "HOUR,Asia/Kolkata,2026-03-29T12:29:00Z,2026-03-29T11:30:00Z",
        "HOUR,Europe/Berlin,2026-10-25T01:15:00Z,2026-10-25T01:00:00Z",
        "MINUTE,Asia/Kolkata,2026-03-29T12:29:59Z,2026-03-29T12:29:00Z"
    })
    void periodsBeginByTheClockOfTheZone(Period period, String zone, Instant time, Instant begin) {
        assertThat(period.begin(time.toEpochMilli(), ZoneId.of(zone))).isEqualTo(begin.toEpochMilli());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdsWhatIsOfNowInAnyOrder(long seed) throws IOException {
        Random random = new Random(seed);
        long now = random.nextLong(3 * DAY, 5 * DAY);
        List<Addition> additions = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long minute = (now + random.nextLong(-DAY, 10 * MINUTE)) / MINUTE * MINUTE;
            additions.add(new Addition("c", minute, BigDecimal.valueOf(random.nextLong(10_000), 2), 1));
        }
        LiveTally forward = tally(additions, now, 500);
        Collections.shuffle(additions, random);
        LiveTally shuffled = tally(additions, now, random.nextInt(500));

        for (Period period : Period.values()) {
            long begin = period.begin(now, ZONE);
            BigDecimal naive = additions.stream()
                    .filter(addition -> period.begin(addition.minute(), ZONE) == begin)
                    .map(Addition::value)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(forward.of(period, begin).value()).isEqualByComparingTo(naive);
            assertThat(shuffled.of(period, begin)).isEqualTo(forward.of(period, begin));
        }
    }

    /** Forgets, and is written and read, after some of them. */
    private static LiveTally tally(List<Addition> additions, long now, int interrupted) throws IOException {
        LiveTally tally = new LiveTally();
        for (int i = 0; i < additions.size(); i++) {
            if (i == interrupted) {
                tally.forgetBefore(now, ZONE);
                tally = written(LiveTallySerializer.INSTANCE.copy(tally));
            }
            tally.add(additions.get(i), ZONE);
        }
        return tally;
    }

    private static LiveTally written(LiveTally tally) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        LiveTallySerializer.INSTANCE.serialize(tally, out);
        return LiveTallySerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}

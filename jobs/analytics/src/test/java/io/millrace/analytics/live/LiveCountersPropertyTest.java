package io.millrace.analytics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Amount;
import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.model.AmountTally;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.CountOnce;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random purchases, in a random order and with duplicates, over the shards of a counter, against plain sums. */
class LiveCountersPropertyTest {

    private static final long MINUTE = 60_000;
    private static final int EVENTS = 150;

    /** 5 h 45 min ahead of UTC, always. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    private static final long AHEAD = 345 * MINUTE;
    private static final long BEGIN = 20_000L * 24 * 60 * MINUTE - AHEAD;
    private static final Duration HORIZON = Duration.ofMinutes(10);
    private static final Slicing SLICING =
            Slicing.of(List.of(WindowShape.tumbling(Duration.ofMinutes(1))), HORIZON, HORIZON);

    /** When somebody tells of an amount. */
    private record Arrival(Amount amount, long at) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderAndAnyDuplicationComeToTheSumsOfAll(long seed) throws Exception {
        Random random = new Random(seed);
        List<Amount> amounts = amounts(random);

        LiveTally counted = play(amounts, random);

        for (long minute = 0; minute < 120; minute++) {
            long begin = BEGIN + minute * MINUTE;
            require(counted, Period.MINUTE, begin, MINUTE, amounts);
            require(counted, Period.HOUR, begin - minute % 60 * MINUTE, 60 * MINUTE, amounts);
        }
        require(counted, Period.DAY, BEGIN, 24 * 60 * MINUTE, amounts);
    }

    /** The control: without names duplicates count. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutNamesDuplicatesCount(long seed) throws Exception {
        Random random = new Random(seed);
        List<Amount> nameless = amounts(random).stream()
                .map(amount -> new Amount(
                        new Stamp(0, amount.stamp().offset(), amount.stamp().timestamp(), null), amount.value()))
                .toList();

        assertThat(play(nameless, random).of(Period.DAY, BEGIN).events()).isGreaterThan(EVENTS);
    }

    private static void require(LiveTally counted, Period period, long begin, long length, List<Amount> amounts) {
        List<BigDecimal> within = amounts.stream()
                .filter(amount ->
                        amount.stamp().timestamp() >= begin && amount.stamp().timestamp() < begin + length)
                .map(Amount::value)
                .toList();

        assertThat(counted.of(period, begin).events()).isEqualTo(within.size());
        assertThat(counted.of(period, begin).value())
                .isEqualByComparingTo(within.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static List<Amount> amounts(Random random) {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> new Amount(
                        new Stamp(0, i, BEGIN + random.nextLong(120 * MINUTE), EventId.of("event " + i)),
                        BigDecimal.valueOf(random.nextLong(-5_000, 50_000), random.nextInt(4))))
                .toList();
    }

    /** Each arrives up to nearly as long after its time as its name is known, up to three times. */
    private static LiveTally play(List<Amount> amounts, Random random) throws Exception {
        List<Arrival> arrivals = new ArrayList<>();
        for (Amount amount : amounts) {
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                arrivals.add(new Arrival(amount, amount.stamp().timestamp() + random.nextLong(HORIZON.toMillis())));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        try (var harness = open()) {
            for (Arrival arrival : arrivals) {
                if (random.nextInt(3) == 0) {
                    harness.processWatermark(new Watermark(arrival.at() - 1));
                }
                Stamp stamp = arrival.amount().stamp();
                String shard = Counter.revenue("EUR").shard(stamp);
                harness.processElement(new StreamRecord<>(
                        new Bundle<>(shard, SLICING.sliceOf(stamp.timestamp()), List.of(arrival.amount()))));
            }
            harness.processWatermark(new Watermark(BEGIN + 1_000 * MINUTE));
            assertThat(harness.getSideOutput(SlicedWindow.LATE)).isNullOrEmpty();
            assertThat(harness.numKeyedStateEntries()).isZero();
            return tally(harness.extractOutputValues());
        }
    }

    private static LiveTally tally(List<Addition> additions) {
        LiveTally tally = new LiveTally();
        for (Addition addition : additions) {
            assertThat(Counter.ofKey(addition.counter())).isEqualTo(Counter.revenue("EUR"));
            tally.add(addition, ZONE);
        }
        return tally;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Amount>, Addition> open() throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CountOnce<Amount, AmountTally, Addition>(
                        SLICING,
                        AmountTally::new,
                        Addition::of,
                        new LateEvents("late-events", "analytics", "live_counters", "user-actions"))),
                Bundle<Amount>::key,
                Types.STRING);
        made.setup(AdditionSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        made.open();
        return made;
    }
}

package io.millrace.analytics.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.common.event.RowChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random users, in a random order and with duplicates, against users who are looked at one by one in the order of time. */
class ExperimentsPropertyTest {

    private static final long MINUTE = Experiments.MINUTE;
    private static final long HOUR = 60 * MINUTE;

    private record Told(String user, UserStep step) {}

    /** A step, and when it arrives. */
    private record Arrival(Told told, long at) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(30));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderAndAnyDuplicationEndInTheSameRows(long seed) throws Exception {
        Random random = new Random(seed);
        List<Told> told = told(random);
        Map<String, RowChange> one = Experiments.table(play(told, random));
        Map<String, RowChange> other = Experiments.table(play(told, random));

        assertThat(rows(one)).isEqualTo(naive(told));
        assertThat(rows(other)).isEqualTo(rows(one));
        assertThat(versions(other)).isEqualTo(versions(one));
    }

    /** What was written before the failure is all written again by the second attempt, under no lower version. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSecondAttemptOverwritesEveryRowOfTheFirst(long seed) throws Exception {
        Random random = new Random(seed);
        List<Told> told = told(random);
        List<RowChange> written = new ArrayList<>(play(told.subList(0, told.size() * 2 / 3), random));
        written.addAll(play(told, random));

        assertThat(rows(Experiments.table(written))).isEqualTo(naive(told));
    }

    /** The control: a row that is lost is missed. */
    @Test
    void aLostEventWouldBeSeen() throws Exception {
        List<Told> told = told(new Random(1));
        List<Told> others = told.subList(1, told.size());

        assertThat(rows(Experiments.table(play(others, new Random(1))))).isNotEqualTo(naive(told));
    }

    private static List<Told> told(Random random) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Stamp stamp = new Stamp(0, i, random.nextLong(6 * HOUR), EventId.of("step " + i));
            boolean shows = random.nextInt(3) > 0;
            boolean buys = !shows || random.nextInt(8) == 0;
            Exposure exposure = shows ? new Exposure("x", random.nextInt(4) == 0 ? "b" : "a") : null;
            Money paid = buys
                    ? new Money(BigDecimal.valueOf(random.nextLong(100_000), 2), random.nextBoolean() ? "EUR" : "USD")
                    : null;
            told.add(new Told("user " + random.nextInt(6), new UserStep(stamp, exposure, paid)));
        }
        return told;
    }

    /** Each arrives before its hour counts no more, some of them twice. */
    private static List<RowChange> play(List<Told> told, Random random) throws Exception {
        List<Arrival> arrivals = new ArrayList<>();
        for (Told one : told) {
            long time = one.step().stamp().timestamp();
            long closes = time / HOUR * HOUR + HOUR + MINUTE;
            for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                arrivals.add(new Arrival(one, time + random.nextLong(closes - time)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        try (Experiments experiments = new Experiments()) {
            for (Arrival arrival : arrivals) {
                if (random.nextInt(3) == 0) {
                    experiments.reach((double) arrival.at() / MINUTE);
                }
                experiments.step(arrival.told().user(), arrival.told().step());
            }
            experiments.reach(24 * 60);
            assertThat(experiments.late()).isZero();
            List<RowChange> written = experiments.changes();
            experiments.reach(200 * 60);
            assertThat(experiments.stateEntries()).containsExactly(0, 0, 0);
            return written;
        }
    }

    /** Rows with a number in them, without how many were late and without zeros at the end. */
    private static Set<String> rows(Map<String, RowChange> table) {
        Set<String> rows = new TreeSet<>();
        table.values().stream()
                .map(Experiments::text)
                .map(row -> row.replaceAll(", late .*", ""))
                .map(ExperimentsPropertyTest::normal)
                .filter(row -> !row.endsWith("0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0"))
                .forEach(rows::add);
        return rows;
    }

    private static String normal(String row) {
        int cut = row.lastIndexOf(' ');
        BigDecimal revenue = new BigDecimal(row.substring(cut + 1));
        return row.substring(0, cut + 1)
                + (revenue.signum() == 0 ? "0" : revenue.stripTrailingZeros().toPlainString());
    }

    private static Map<String, Long> versions(Map<String, RowChange> table) {
        Map<String, Long> versions = new TreeMap<>();
        table.forEach((key, row) -> versions.put(key, row.version()));
        return versions;
    }

    private static Set<String> naive(List<Told> told) {
        List<Told> sorted = new ArrayList<>(told);
        sorted.sort(Comparator.comparing(one -> Moment.of(one.step().stamp())));
        Naive naive = new Naive();
        sorted.stream().filter(one -> one.step().exposure() != null).forEach(naive::show);
        sorted.stream().filter(one -> one.step().paid() != null).forEach(naive::buy);
        return naive.rows();
    }

    /** Sets of users, by hour and variant. */
    private static final class Naive {

        private final Map<String, String> variants = new HashMap<>();
        private final Map<String, Long> since = new HashMap<>();
        private final Set<String> crossed = new HashSet<>();
        private final Set<String> converted = new HashSet<>();
        private final Map<String, long[]> counts = new TreeMap<>();
        private final Map<String, BigDecimal> revenue = new TreeMap<>();
        private final Set<String> seen = new HashSet<>();

        private long[] counts(long time, String variant, String currency) {
            return counts.computeIfAbsent(
                    time / HOUR * HOUR + " " + variant + " [" + currency + "] ", unknown -> new long[7]);
        }

        private void show(Told told) {
            long time = told.step().stamp().timestamp();
            String shown = told.step().exposure().variant();
            counts(time, shown, "")[0]++;
            boolean isNew = variants.putIfAbsent(told.user(), shown) == null;
            String own = variants.get(told.user());
            since.putIfAbsent(told.user(), time);
            counts(time, own, "")[2] += isNew ? 1 : 0;
            counts(time, own, "")[1] += seen.add("shown " + time / HOUR + told.user()) ? 1 : 0;
            counts(time, own, "")[5] += !shown.equals(own) && crossed.add(told.user()) ? 1 : 0;
        }

        private void buy(Told told) {
            long time = told.step().stamp().timestamp();
            if (!since.containsKey(told.user()) || since.get(told.user()) > time) {
                return;
            }
            String own = variants.get(told.user());
            Money paid = told.step().paid();
            counts(time, own, "")[4] += converted.add(told.user()) ? 1 : 0;
            boolean isUserOfHour = seen.contains("shown " + time / HOUR + told.user());
            counts(time, own, "")[3] += isUserOfHour && seen.add("bought " + time / HOUR + told.user()) ? 1 : 0;
            counts(time, own, "")[6]++;
            counts(time, own, paid.currency())[6]++;
            revenue.merge(
                    time / HOUR * HOUR + " " + own + " [" + paid.currency() + "] ", paid.amount(), BigDecimal::add);
        }

        private Set<String> rows() {
            Set<String> rows = new TreeSet<>();
            counts.forEach((key, n) -> rows.add(normal(key + n[0] + "x, users " + n[1] + "/" + n[2] + ", bought " + n[3]
                    + "/" + n[4] + ", crossed " + n[5] + ", orders " + n[6] + " of "
                    + revenue.getOrDefault(key, BigDecimal.ZERO).toPlainString())));
            return rows;
        }
    }
}

package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Sale;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevenueTallyTest {

    private static final int SALES = 300;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2), new Random().longs(10));
    }

    /** Cents of which a double cannot hold even one, and sums that have more digits than it has. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesToTheExactSumsWhateverTheOrderAndTheMerges(long seed) throws IOException {
        Random random = new Random(seed);
        List<Sale> sales = sales(random);
        long cents = sales.stream()
                .mapToLong(sale -> sale.revenue().unscaledValue().longValueExact())
                .sum();
        RevenueTally forward = tally(sales);
        Collections.shuffle(sales, random);
        int cut = random.nextInt(SALES);
        RevenueTally merged = tally(sales.subList(0, cut));
        merged.countAll(written(tally(sales.subList(cut, SALES))));

        assertThat(forward.revenue()).isEqualTo(BigDecimal.valueOf(cents, 2));
        assertThat(merged.revenue()).isEqualTo(forward.revenue());
        assertThat(merged.unattributed()).isEqualTo(forward.unattributed());
        assertThat(merged.items()).isEqualTo(SALES * 2L);
    }

    /** The control; seeds that are fixed, since by luck a double can be right, too. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void aDoubleWouldBeWrong(long seed) {
        List<Sale> sales = sales(new Random(seed));
        double sum = 0;
        for (Sale sale : sales) {
            sum += sale.revenue().doubleValue();
        }

        assertThat(new BigDecimal(sum)).isNotEqualByComparingTo(tally(sales).revenue());
    }

    @Test
    void aCopyHasAStateOfItsOwn() {
        RevenueTally tally = tally(sales(new Random(1)));
        RevenueTally copy = RevenueTallySerializer.INSTANCE.copy(tally);
        BigDecimal before = copy.revenue();
        tally.count(sale("1.00"));

        assertThat(copy.revenue()).isEqualTo(before);
        assertThat(tally.revenue()).isEqualTo(before.add(new BigDecimal("1.00")));
    }

    @Test
    void becomesARowOfTheTableOfItsWindow() {
        RevenueTable table = new RevenueTable(1);
        RevenueTally tally = tally(List.of(sale("1e3"), sale("0.10")));

        assertThat(table.of(new Window("EUR/books", 0, 60_000), tally)).satisfies(row -> {
            assertThat(row.table()).isEqualTo("revenue_1min");
            assertThat(new String(row.after(), StandardCharsets.UTF_8))
                    .startsWith(
                            "{\"window_start\":0,\"currency\":\"EUR\",\"category\":\"books\",\"revenue\":\"1000.10\","
                                    + "\"unattributed\":\"-2.50\"");
        });
        assertThat(table.of(new Window("EUR/", 0, 3_600_000), tally)).satisfies(row -> {
            assertThat(row.table()).isEqualTo("revenue_1h");
            assertThat(new String(row.key(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"window_start\":0,\"currency\":\"EUR\",\"category\":\"\"}");
        });
    }

    private static RevenueTally tally(List<Sale> sales) {
        RevenueTally tally = new RevenueTallies().empty();
        sales.forEach(tally::count);
        return tally;
    }

    private static List<Sale> sales(Random random) {
        List<Sale> sales = new ArrayList<>();
        for (int i = 0; i < SALES; i++) {
            sales.add(sale(BigDecimal.valueOf(random.nextLong(10_000_000_000_000_000L), 2)
                    .toString()));
        }
        return sales;
    }

    private static Sale sale(String revenue) {
        return new Sale(new Stamp(0, 0, 0, null), 2, new BigDecimal(revenue), new BigDecimal("-1.25"));
    }

    private static RevenueTally written(RevenueTally tally) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        RevenueTallySerializer.INSTANCE.serialize(tally, out);
        return RevenueTallySerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}

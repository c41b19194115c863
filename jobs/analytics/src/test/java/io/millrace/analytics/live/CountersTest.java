package io.millrace.analytics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.Amount;
import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.event.Visit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountersTest {

    private static final BigDecimal PAID = new BigDecimal("19.99");

    @ParameterizedTest
    @CsvSource({"CLICK,clicks/", "SEARCH,searches/", "PAGE_VIEW,", "ADD_TO_CART,", "OTHER,"})
    void anActionIsOneOfItsType(ActionType type, String counter) {
        assertThat(counted(type, null)).isEqualTo(counter == null ? Map.of() : Map.of(counter, BigDecimal.ONE));
    }

    @Test
    void aPurchaseIsRevenueAsWell() {
        assertThat(counted(ActionType.PURCHASE, new Money(PAID, "E/R")))
                .isEqualTo(Map.of("purchases/", BigDecimal.ONE, "revenue/E/R", PAID));
        assertThat(Counter.ofKey(Counter.revenue("E/R").key())).isEqualTo(Counter.revenue("E/R"));
    }

    /** So that one of them finds the other's name. */
    @Test
    void theSameEventIsOfTheSameShardWhereverItsRecordStands() {
        ViewCounters counters = new ViewCounters();
        String first = counters.key(view(1, "e"));

        assertThat(counters.key(view(2, "e"))).isEqualTo(first);
        assertThat(counters.event(view(2, "e")).value()).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void eventsAreSpreadOverShards() {
        ViewCounters counters = new ViewCounters();
        for (String name : new String[] {null, "event "}) {
            long shards = java.util.stream.IntStream.range(0, 2_000)
                    .mapToObj(i -> counters.key(view(i, name == null ? null : name + i)))
                    .distinct()
                    .count();
            assertThat(shards).isEqualTo(64);
        }
    }

    private static PageView view(long offset, String name) {
        return new PageView("/a", new Visit(stamp(offset, name), 1), null);
    }

    private static Stamp stamp(long offset, String name) {
        return new Stamp(0, offset, 1_000, name == null ? null : EventId.of(name));
    }

    private static Map<String, BigDecimal> counted(ActionType type, Money paid) {
        Map<String, BigDecimal> counted = new TreeMap<>();
        UserAction action = new UserAction("ada", new Action(stamp(1, null), type, paid), List.of(), null, null, null);
        new ActionCounters().spread(action, (String key, Amount amount) -> {
            assertThat(key).endsWith("/1");
            counted.put(Counter.ofShard(key).key(), amount.value());
        });
        return counted;
    }
}

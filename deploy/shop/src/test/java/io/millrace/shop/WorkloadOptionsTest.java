package io.millrace.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadOptionsTest {

    private final WorkloadOptions options = WorkloadOptions.seeded(5);

    @Test
    void changesOneValueAndKeepsTheOthers() {
        WorkloadOptions changed = options.withClients(12)
                .withHold(Duration.ofMillis(50))
                .withKeySpace(100)
                .withLargestTransaction(7)
                .withTransactionsPerSecond(3);
        assertThat(changed).isEqualTo(new WorkloadOptions(12, 5, 3, Duration.ofMillis(50), 7, 100, options.outage()));
    }

    @Test
    void namesTheValueThatIsWrong() {
        assertThatThrownBy(() -> options.withClients(0)).hasMessage("`clients` is 0; it must be at least 1");
        assertThatThrownBy(() -> options.withKeySpace(1)).hasMessageContaining("`keySpace` is 1");
        assertThatThrownBy(() -> options.withLargestTransaction(0)).hasMessageContaining("`largestTransaction` is 0");
        assertThatThrownBy(() -> options.withTransactionsPerSecond(-1)).hasMessageContaining("is -1.0");
        assertThatThrownBy(() -> options.withHold(Duration.ofMillis(-1))).hasMessageContaining("`hold` is PT-0.001S");
    }

    @Test
    void choosesEveryKindOfChange() {
        ShopRandom random = new ShopRandom(9);
        assertThat(Stream.generate(() -> Change.Kind.choose(random))
                        .limit(2_000)
                        .distinct())
                .containsExactlyInAnyOrder(Change.Kind.values());
    }

    @Test
    void locksRowsInOneOrder() {
        Change line = new Change(Change.Kind.UPDATE, ShopTables.ORDER_LINES, 1);
        Change lateUser = new Change(Change.Kind.DELETE, ShopTables.USERS, 9);
        Change earlyUser = new Change(Change.Kind.INSERT, ShopTables.USERS, 2);
        assertThat(Stream.of(line, lateUser, earlyUser).sorted(Change.LOCK_ORDER))
                .containsExactly(earlyUser, lateUser, line);
    }

    @Test
    void sumsWhatItsClientsDid() {
        WorkloadCounts counts = new WorkloadCounts();
        counts.add(WorkloadCounts.ROWS, 2);
        counts.addAll(Map.of(WorkloadCounts.ROWS, 3L, "users", 1L));
        assertThat(counts.get(WorkloadCounts.ROWS)).isEqualTo(5);
        assertThat(counts.get(WorkloadCounts.RACES)).isZero();
        assertThat(counts)
                .hasToString("5 row changes in 0 transactions, 0 more rolled back, 0 races for a key (users 1)");
    }

    @Test
    void endsItsPaceWhenStopped() {
        assertThat(new Pace(0, () -> true).next()).isFalse();
        assertThat(new Pace(0, () -> false).next()).isTrue();
    }

    @Test
    void keepsItsPace() {
        Pace pace = new Pace(100, () -> false);
        long start = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            pace.next();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(99));
    }

    @Test
    void tellsAConflictFromAnOutage() {
        assertThat(SqlStates.isConflict(new SQLException("", "40P01"))).isTrue();
        assertThat(SqlStates.isConflict(new SQLException("", "23505"))).isTrue();
        assertThat(SqlStates.isConflict(new SQLException("", "57P01"))).isFalse();
        assertThat(SqlStates.isOutage(new SQLException("", "57P01"))).isTrue();
        assertThat(SqlStates.isOutage(new SQLException("", "08006"))).isTrue();
        assertThat(SqlStates.isOutage(new SQLException("", "42P01"))).isFalse();
        assertThat(SqlStates.isOutage(new SQLException(""))).isFalse();
    }

    @Test
    void printsNoPassword() {
        assertThat(new ShopDatabase("jdbc:postgresql://127.0.0.1/shop", "postgres", "hush"))
                .asString()
                .doesNotContain("hush");
    }
}

package io.millrace.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is kept of a look. */
class VerdictTest {

    private static final Duration DAY = Duration.ofDays(1);

    private static Verdict verdict(Watched before, long now, List<Wrong> wrong) {
        return Verdict.of(before, Look.made(before.next(now, DAY), Map.of(), wrong), Duration.ofHours(2));
    }

    private static List<Wrong> manyFrom(int first) {
        List<Wrong> many = new ArrayList<>();
        for (int i = 0; i < Watched.MOST; i++) {
            many.add(Wrong.digest(0, "digest-" + (first + i), "it is missing"));
        }
        return many;
    }

    @Test
    void isBoundedHoweverMuchIsWrong() {
        List<Wrong> twice = new ArrayList<>(manyFrom(0));
        twice.addAll(manyFrom(Watched.MOST));

        Verdict verdict = verdict(Watched.NOTHING, 0, twice);
        assertThat(verdict.news()).hasSize(Watched.MOST);
        assertThat(verdict.watched().wrong()).hasSize(Watched.MOST);
        assertThat(verdict(verdict.watched(), 1, twice).news())
                .as("what is not remembered is not told again and again")
                .isEmpty();
    }

    @Test
    void tellsOnePlaceOnceWhateverIsSaidOfIt() {
        List<Wrong> both = List.of(
                Wrong.digest(0, "digests/dt=2026-03-02/0.json", "it is missing"),
                Wrong.digest(0, "digests/dt=2026-03-02/0.json", "it does not follow"));

        assertThat(verdict(Watched.NOTHING, 0, both).news()).containsExactly(both.get(0));
    }

    @Test
    void readsEverythingFirstAndThenOnceInAWhile() {
        long now = DAY.toMillis() * 20_000;
        Watched first = verdict(Watched.NOTHING, now, List.of()).watched();

        assertThat(Watched.NOTHING.next(now, DAY).isAnew()).isTrue();
        assertThat(first.next(now + DAY.toMillis() - 1, DAY).isAnew()).isFalse();
        assertThat(first.next(now + DAY.toMillis(), DAY).isAnew()).isTrue();
    }

    @Test
    void readsOnFromThePartitionThatIsBehind() {
        Watched watched = new Watched(
                1,
                new TreeMap<>(Map.of(
                        0, WatchedFormTest.end(LocalDate.of(2026, 3, 4), 2),
                        1, WatchedFormTest.end(LocalDate.of(2026, 3, 2), 0))),
                new TreeMap<>());

        assertThat(watched.next(2, DAY).from()).isEqualTo(LocalDate.of(2026, 3, 3));
        assertThat(watched.next(DAY.toMillis() + 1, DAY).from()).as("all of it").isNull();
    }

    @Test
    void triesAgainWhatCouldNotBeRead() {
        Pass pass = Watched.NOTHING.next(DAY.toMillis(), DAY);
        Look failed = Look.failed(pass, Wrong.unverified("file:///shared/audit", "IOException, away"));
        Watched watched = Verdict.of(Watched.NOTHING, failed, DAY).watched();

        assertThat(watched.next(DAY.toMillis() + 1, DAY).isAnew()).isTrue();
        assertThat(watched.told()).isZero();
    }
}

package io.millrace.analytics.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.common.event.RowChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random steps, in a random order and with duplicates, against sessions that are found by sorting. */
class SessionsPropertyTest {

    private static final long MINUTE = Sessions.MINUTE;
    private static final long GAP = 30 * MINUTE;
    private static final List<ActionType> TYPES = List.of(ActionType.values());

    /** A step, and when it arrives. */
    private record Arrival(Step step, long at) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(30));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderAndAnyDuplicationEndInTheSessionsOfSortedSteps(long seed) throws Exception {
        Random random = new Random(seed);
        List<Step> steps = steps(random);
        Map<String, RowChange> table = new HashMap<>();
        List<RowChange> written = play(steps, random);
        Collections.shuffle(written, random);
        for (RowChange row : written) {
            table.merge(
                    new String(row.key(), StandardCharsets.UTF_8),
                    row,
                    (one, other) ->
                            one.version() > other.version() || (one.version() == other.version() && one.isDelete())
                                    ? one
                                    : other);
        }
        TreeSet<String> rows = new TreeSet<>();
        table.values().stream()
                .filter(row -> !row.isDelete())
                .map(row -> Sessions.text(row).replaceAll(" late.*", ""))
                .forEach(rows::add);

        assertThat(rows).isEqualTo(naive(steps));
    }

    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Stamp stamp = new Stamp(0, i, random.nextLong(600 * MINUTE), EventId.of("step " + i));
            boolean isView = random.nextInt(4) > 0;
            ActionType type = TYPES.get(random.nextInt(TYPES.size()));
            steps.add(new Step(stamp, isView ? "/" + i : "", isView ? ActionType.PAGE_VIEW : type));
        }
        return steps;
    }

    /** Each arrives less than the gap and the lateness after its time, some of them twice. */
    private static List<RowChange> play(List<Step> steps, Random random) throws Exception {
        List<Arrival> arrivals = new ArrayList<>();
        for (Step step : steps) {
            for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                arrivals.add(new Arrival(step, step.stamp().timestamp() + random.nextLong(31 * MINUTE)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        try (Sessions sessions = new Sessions()) {
            List<RowChange> written = new ArrayList<>();
            for (Arrival arrival : arrivals) {
                if (random.nextInt(3) == 0) {
                    sessions.reach((double) arrival.at() / MINUTE);
                }
                sessions.step(arrival.step());
                written.addAll(sessions.changes());
            }
            sessions.reach(2_000);
            written.addAll(sessions.changes());
            assertThat(sessions.late()).isZero();
            assertThat(sessions.stateEntries()).isZero();
            return written;
        }
    }

    private static Set<String> naive(List<Step> steps) {
        List<Step> sorted = new ArrayList<>(steps);
        sorted.sort(Comparator.comparingLong((Step step) -> step.stamp().timestamp())
                .thenComparingLong(step -> step.stamp().offset()));
        TreeSet<String> rows = new TreeSet<>();
        List<Step> session = new ArrayList<>();
        for (Step step : sorted) {
            if (!session.isEmpty()
                    && step.stamp().timestamp()
                                    - session.get(session.size() - 1).stamp().timestamp()
                            >= GAP) {
                rows.add(text(session));
                session.clear();
            }
            session.add(step);
        }
        rows.add(text(session));
        return rows;
    }

    private static String text(List<Step> session) {
        List<String> pages =
                session.stream().map(Step::page).filter(page -> !page.isEmpty()).toList();
        boolean converted = session.stream().anyMatch(step -> step.type() == ActionType.PURCHASE);
        return session.get(0).stamp().timestamp() / MINUTE + "-"
                + session.get(session.size() - 1).stamp().timestamp() / MINUTE + " " + pages.size() + " pages "
                + (pages.isEmpty() ? " to " : pages.get(0) + " to " + pages.get(pages.size() - 1)) + " converted "
                + (converted ? 1 : 0);
    }
}

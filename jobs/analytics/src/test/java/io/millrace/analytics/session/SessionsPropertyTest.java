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
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random steps, in a random order and with duplicates, against sessions that are found by sorting. Many are at the same
 * time, and many exactly a gap apart.
 */
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
        List<RowChange> written = new ArrayList<>();
        try (Sessions sessions = new Sessions()) {
            written.addAll(play(sessions, arrivals(steps, 0, random), random));
            written.addAll(end(sessions));
        }
        Collections.shuffle(written, random);

        assertThat(rows(written)).isEqualTo(naive(steps));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLeftOfAnAttemptThatFailed(long seed) throws Exception {
        Random random = new Random(seed);
        List<Step> steps = steps(random);

        assertThat(rows(playTwice(steps, 1_000, random))).isEqualTo(naive(steps));
    }

    /** The control: with a clock by which no attempt can have shown anything. */
    @Test
    void somethingWouldBeLeftOfIt() throws Exception {
        int wrong = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            List<Step> steps = steps(random);
            wrong += rows(playTwice(steps, 0, random)).equals(naive(steps)) ? 0 : 1;
        }
        assertThat(wrong).isPositive();
    }

    /** Returns what a table has that keeps the highest version of each row, in whatever order it takes them. */
    private static Set<String> rows(List<RowChange> written) {
        Map<String, RowChange> table = new HashMap<>();
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
        return rows;
    }

    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Stamp stamp = new Stamp(random.nextInt(2), i, random.nextLong(120) * 5 * MINUTE, EventId.of("step " + i));
            boolean isView = random.nextInt(4) > 0;
            ActionType type = TYPES.get(random.nextInt(TYPES.size()));
            steps.add(new Step(stamp, isView ? "/" + i : "", isView ? ActionType.PAGE_VIEW : type));
        }
        return steps;
    }

    /** Each arrives less than the gap and the lateness after its time, some of them twice; none before a time. */
    private static List<Arrival> arrivals(List<Step> steps, long from, Random random) {
        List<Arrival> arrivals = new ArrayList<>();
        for (Step step : steps) {
            long time = step.stamp().timestamp();
            for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                long first = Math.max(from, time);
                arrivals.add(new Arrival(step, first + random.nextLong(time + 31 * MINUTE - first)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        return arrivals;
    }

    private static List<RowChange> play(Sessions sessions, List<Arrival> arrivals, Random random) throws Exception {
        List<RowChange> written = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (random.nextInt(3) == 0) {
                sessions.reach((double) arrival.at() / MINUTE);
            }
            sessions.step(arrival.step());
            written.addAll(sessions.changes());
        }
        return written;
    }

    private static List<RowChange> end(Sessions sessions) throws Exception {
        sessions.reach(2_000);
        assertThat(sessions.late()).isZero();
        assertThat(sessions.stateEntries()).isZero();
        return sessions.changes();
    }

    /**
     * Plays the first half, fails in the midst of the second, and plays that again from the checkpoint between them.
     *
     * @param clock when the second attempt starts, in minutes
     */
    private static List<RowChange> playTwice(List<Step> steps, double clock, Random random) throws Exception {
        List<Step> first = steps.stream()
                .filter(step -> step.stamp().timestamp() < 300 * MINUTE)
                .toList();
        List<Step> others = steps.stream()
                .filter(step -> step.stamp().timestamp() >= 300 * MINUTE)
                .toList();
        try (Sessions sessions = new Sessions()) {
            List<RowChange> written = play(sessions, arrivals(first, 0, random), random);
            OperatorSubtaskState checkpoint = sessions.state();
            long from = 331 * MINUTE;
            List<Step> late = others.stream()
                    .filter(step -> step.stamp().timestamp() >= from)
                    .toList();
            written.addAll(play(sessions, arrivals(late, from, random), random));
            sessions.restart(checkpoint, clock);
            written.addAll(play(sessions, arrivals(others, 300 * MINUTE, random), random));
            written.addAll(end(sessions));
            return written;
        }
    }

    private static Set<String> naive(List<Step> steps) {
        List<Step> sorted = new ArrayList<>(steps);
        sorted.sort(Comparator.comparingLong((Step step) -> step.stamp().timestamp())
                .thenComparingInt(step -> step.stamp().partition())
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

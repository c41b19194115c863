package io.millrace.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedrivePlanTest {
    private static final Instant WRITTEN = Instant.ofEpochMilli(1_764_000_000_000L);
    private static final Duration MEMORY = Duration.ofHours(24);

    private final RedriveHistory history = new RedriveHistory();

    @Test
    void refusesALetterFromTheMomentThatItsDeletionMayBeForgotten() {
        assertThat(plan(MEMORY, WRITTEN.plus(MEMORY).minusMillis(1), letter("1"))
                        .chosen())
                .isEqualTo(1);
        RedrivePlan late = plan(MEMORY, WRITTEN.plus(MEMORY), letter("1"));
        assertThat(late.chosen()).isZero();
        assertThat(printed(late)).contains("older than the deletions that the targets remember");
    }

    @Test
    void leavesTheAgeToThePipelineIfItDoesNotKnowWhatIsRemembered() {
        RedrivePlan plan = new RedrivePlan(history, Map.of(), false, WRITTEN.plus(Duration.ofDays(900)));
        plan.add(letter("1"));

        assertThat(plan.chosen()).isEqualTo(1);
    }

    @Test
    void anOlderLetterOfARecordThatFailedAgainIsNotSentInItsPlace() {
        history.addFailed(letter("1"));
        history.addFailed(letter("2"));

        RedrivePlan plan = plan(MEMORY, WRITTEN, letter("1"), letter("2"));

        assertThat(plan.records()).isEqualTo(1);
        assertThat(printed(plan)).contains("parked");
    }

    private RedrivePlan plan(Duration memory, Instant now, Letter... letters) {
        RedrivePlan plan = new RedrivePlan(history, Map.of("cdc-sync", memory), false, now);
        for (Letter letter : letters) {
            plan.add(letter);
        }
        return plan;
    }

    private static String printed(RedrivePlan plan) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        plan.print(out);
        out.flush();
        return text.toString();
    }

    private static Letter letter(String attempt) {
        List<Letter.Header> headers = Letters.headers("cdc-sync", "parse", "java.io.IOException").stream()
                .map(header -> header.name().equals("dlq-attempt")
                        ? Letters.headers("dlq-attempt", attempt).get(0)
                        : header)
                .toList();
        return Letters.letter(0, Integer.parseInt(attempt), Letters.NOON, headers, "{}");
    }
}

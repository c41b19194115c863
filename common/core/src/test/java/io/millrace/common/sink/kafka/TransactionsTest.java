package io.millrace.common.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static final Duration BROKER_LIMIT = Duration.ofMinutes(15);

    @Test
    void findsNothingWrongWithATimeoutBetweenBothLimits() {
        assertThat(problems(new Transactions("cdc-capture", Duration.ofMinutes(10))))
                .isEmpty();
    }

    @Test
    void refusesATimeoutThatTheBrokerWouldRefuse() {
        assertThat(problems(new Transactions("cdc-capture", Duration.ofHours(1))))
                .containsExactly(new Problem(
                        "target.transactions.timeout",
                        "is 3600 s, but the broker grants at most 900 s (transaction.max.timeout.ms); lower it, or"
                                + " raise the broker's limit"));
    }

    @Test
    void refusesATimeoutThatACheckpointAndARestartCanOutlast() {
        assertThat(problems(new Transactions("cdc-capture", Duration.ofSeconds(310))))
                .singleElement()
                .asString()
                .startsWith("`target.transactions.timeout` is 310 s; it must be longer than")
                .contains("(310 s)");
    }

    @Test
    void refusesAnEmptyPrefix() {
        assertThat(problems(new Transactions(" ", Duration.ofMinutes(10))))
                .singleElement()
                .asString()
                .startsWith("`target.transactions.id-prefix` is empty");
    }

    @Test
    void saysEverythingAtOnce() {
        assertThat(problems(new Transactions("", Duration.ofHours(1)))).hasSize(2);
    }

    private static List<Problem> problems(Transactions transactions) {
        Problems problems = new Problems();
        transactions.check(
                "target.transactions",
                BROKER_LIMIT,
                Duration.ofSeconds(10),
                Duration.ofMinutes(3),
                Duration.ofMinutes(2),
                problems);
        return problems.found();
    }
}

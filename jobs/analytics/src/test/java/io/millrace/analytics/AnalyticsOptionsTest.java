package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.experiment.Mismatch;
import io.millrace.analytics.experiment.Split;
import io.millrace.analytics.model.ActivityOptions;
import io.millrace.analytics.model.Result;
import io.millrace.common.config.InvalidConfigurationException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsOptionsTest {

    @Test
    void haveDefaultsForWhatIsNotGiven() {
        AnalyticsOptions options = Configurations.whole();

        assertThat(options.generation()).isEqualTo(2);
        assertThat(options.results()).containsExactly(Result.values());
        assertThat(options.pageViews().topics()).containsExactly("page-views");
        assertThat(options.pageViews().groupId()).isEqualTo("analytics-page-views");
        assertThat(options.userActions().groupId()).isEqualTo("analytics-user-actions");
        assertThat(options.requests().groupId()).isEqualTo("analytics-metrics");
        assertThat(options.errorsFrom()).isEqualTo(500);
        assertThat(options.live().zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(options.activity())
                .isEqualTo(new ActivityOptions(0, 50, Duration.ofHours(1), "high-value-user-detected"));
        assertThat(options.transactions().idPrefix()).isEqualTo("analytics");
        assertThat(options.fence()).isEmpty();
        assertThat(options.experiments().controls()).containsExactly("control");
        assertThat(options.experiments().split().weights()).isEmpty();
        assertThat(options.experiments().mismatch()).isEqualTo(new Mismatch(0.001, 1_000));
        assertThat(options.experiments().remembered()).isEqualTo(Duration.ofDays(30));
        assertThat(options.experiments().alerts()).isEqualTo("alerts");
        assertThat(options.lateness()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.horizon()).isEqualTo(Duration.ofMinutes(10));
        assertThat(options.lateEvents()).isEqualTo("late-events");
        assertThat(options.deadLetters().kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(options.clickhouse().connection().password().reveal()).isEqualTo("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            source.page-views: "a topic"        | source.page-views
            source.limits.largest-event: 3 gb   | source.limits.largest-event
            source.limits.deepest: 0            | source.limits.deepest
            source.limits.drift: -1 s           | source.limits.drift
            windows.disorder: -1 s              | windows.disorder
            windows.idleness: 0 s               | windows.idleness
            windows.ahead: 0 s                  | windows.ahead
            windows.allowed-lateness: 11 min    | windows.duplicates-within
            windows.duplicates-within: 30 s     | windows.duplicates-within
            windows.allowed-lateness: 6 min     | windows.allowed-lateness
            activity.high-value.clicks-above: -1    | activity.high-value.clicks-above
            activity.high-value.purchases-above: -1 | activity.high-value.purchases-above
            activity.time-to-live: 0 s              | activity.time-to-live
            activity.high-value.topic: ""           | activity.high-value.topic
            fence: "orders"                         | fence
            fence: "watermark=2026-01-31T12:00:00Z" | fence
            late-events.topic: ".."             | late-events.topic
            source.metrics: ""                  | source.metrics
            request-latency.errors-from: 601    | request-latency.errors-from
            live.zone: Atlantis                 | live.zone
            search-terms.most: 0                | search-terms.most
            search-terms.click-within: 2 h      | search-terms.click-within
            sessions.gap: 13 h                  | sessions.gap
            sessions.show-after: 31 min         | sessions.show-after
            experiments.controls: [""]          | experiments.controls
            experiments.split.x: "a=1"          | experiments.split
            experiments.mismatch.below-p: "1"   | experiments.mismatch.below-p
            experiments.mismatch.least-users: 9 | experiments.mismatch.least-users
            experiments.mismatch.topic: ""      | experiments.mismatch.topic
            experiments.remembered: 366 d       | experiments.remembered
            page-views.visitors-precision: 30   | page-views.visitors-precision
            generation: 256                     | generation
            results: ["page-views", "weather"]  | results
            job.checkpoint-timeout: 1 min       | targets.clickhouse.backoff.give-up-after
            windows.latenes: 1 s                | windows.latenes
            source.kafka.start-timestamp: now   | source.kafka.start-timestamp
            """)
    void refuseWhatCannotBe(String line, String key) {
        assertThatThrownBy(() -> Configurations.read(Configurations.WHOLE.replace("generation: 2\n", "") + line))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(key);
    }

    @Test
    void takeControlsAndSplitsOfExperiments() {
        AnalyticsOptions options = Configurations.read(Configurations.WHOLE + """
                experiments:
                  controls: [off, control]
                  split: {checkout: "off=1, on=3", "search.v2": "a=1,b=1"}
                """);

        assertThat(options.experiments().controls()).containsExactly("off", "control");
        assertThat(options.experiments().split())
                .isEqualTo(Split.parse(Map.of("checkout", "off=1, on=3", "search.v2", "a=1,b=1")));
    }

    @Test
    void tellEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> Configurations.read("name: analytics\ngeneration: -1"))
                .hasMessageContaining("generation")
                .hasMessageContaining("source.kafka.bootstrap-servers")
                .hasMessageContaining("targets.clickhouse.url")
                .hasMessageContaining("dead-letters.overflow-folder");
    }

    @Test
    void nameTheResultsThatAreWanted() {
        assertThat(Configurations.read(Configurations.WHOLE + "results: [live, page-views]")
                        .results())
                .containsExactly(Result.PAGE_VIEWS, Result.LIVE);
    }

    @Test
    void neverPrintASecret() {
        assertThat(Configurations.whole().toString()).doesNotContain("canary");
    }
}

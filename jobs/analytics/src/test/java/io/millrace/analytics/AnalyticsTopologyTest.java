package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.PageViewSerializer;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.event.RequestSampleSerializer;
import io.millrace.analytics.event.SearchTrace;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.event.UserActionSerializer;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.model.HighValueUser;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterTypeInfo;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Fence;
import io.millrace.common.replay.Version;
import io.millrace.common.source.idleness.Idleness;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Either;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnalyticsTopologyTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Either<DeadLetter, UserAction> SEARCH = Either.Right(new UserAction(
            "eve",
            new Action(new Stamp(0, 1, 10_000, null), ActionType.SEARCH, null),
            List.of(),
            new SearchTrace("q", null, "shoes", 0),
            "s1",
            new Exposure("checkout", "new")));

    private static final RequestSample SAMPLE =
            new RequestSample(new Stamp(0, 0, 1_000, null), "api", "GET", "/a", 500, 100);

    @Test
    void accountsForEveryRecordOnce() throws Exception {
        StreamExecutionEnvironment env = environment();
        AnalyticsOutputs outputs = AnalyticsTopology.of(
                views(
                        env,
                        List.of(
                                view("/a", 0, "1", "ada"),
                                view("/a", 1, "2", "bob"),
                                view("/a", 1, "2", "bob"),
                                broken(),
                                view("/b", 299, null, "ada"),
                                view("/a", 300, "3", "ada"))),
                actions(
                        env,
                        List.of(action("ada", 0, ActionType.CLICK), action("bob", 1, ActionType.PURCHASE), SEARCH)),
                samples(env, List.of(Either.Right(SAMPLE))),
                SourceTopics.unread(Configurations.whole()),
                Configurations.whole(),
                Fence.NONE);
        try (CloseableIterator<RowChange> rows = outputs.rows().collectAsync();
                CloseableIterator<RowChange> activities = outputs.activities().collectAsync();
                CloseableIterator<HighValueUser> users =
                        outputs.highValueUsers().collectAsync();
                CloseableIterator<DeadLetter> letters = outputs.deadLetters().collectAsync()) {
            env.execute();

            assertThat(all(rows))
                    .extracting(AnalyticsTopologyTest::summary)
                    .containsExactlyInAnyOrder(
                            "{\"window_start\":0,\"page_url\":\"/a\",\"view_count\":2,\"visitors\":2,\"late_count\":0} 2",
                            "{\"window_start\":0,\"page_url\":\"/b\",\"view_count\":1,\"visitors\":1,\"late_count\":0} 1",
                            "{\"window_start\":0,\"service\":\"api\",\"route\":\"/a\",\"method\":\"GET\",\"requests\":1,\"errors\":1,\"error_rate\":1.0,"
                                    + "\"p50\":0.1,\"p90\":0.1,\"p99\":0.1,\"p999\":0.1,\"durations\":[0.1],\"counts\":[1],\"late_count\":0} 1",
                            "{\"window_start\":0,\"term\":\"shoes\",\"searches\":1,\"users\":1,\"zero_results\":1,\"zero_result_rate\":1.0,"
                                    + "\"clicked\":0,\"click_through_rate\":0.0,\"late_count\":0} 1",
                            "{\"session_start\":10000,\"session_id\":\"s1\",\"session_end\":10000,\"pages\":0,\"entry_page\":\"\",\"exit_page\":\"\","
                                    + "\"converted\":0,\"searches\":1,\"clicks\":0,\"cart_additions\":0,\"purchases\":0,\"steps\":1,\"late_count\":0} 1",
                            "{\"window_start\":0,\"experiment\":\"checkout\",\"variant\":\"new\",\"currency\":\"\",\"exposures\":1,\"users\":1,"
                                    + "\"new_users\":1,\"buyers\":0,\"converted\":0,\"crossed\":0,\"orders\":0,\"revenue\":\"0\",\"weight\":1.0,"
                                    + "\"is_control\":0,\"late_count\":0} 1",
                            "{\"window_start\":300000,\"page_url\":\"/a\",\"view_count\":1,\"visitors\":1,\"late_count\":0} 1",
                            "{\"window_start\":0,\"currency\":\"EUR\",\"category\":\"\",\"revenue\":\"1\",\"unattributed\":\"1\",\"orders\":1,\"items\":0,\"late_count\":0} 1",
                            "{\"window_start\":0,\"currency\":\"EUR\",\"category\":\"\",\"revenue\":\"1\",\"unattributed\":\"1\",\"orders\":1,\"items\":0,\"late_count\":0} 1");
            assertThat(all(letters)).hasSize(1);
            assertThat(all(activities))
                    .as("bob, in each of 12 windows, and gone after them")
                    .hasSize(13)
                    .extracting(row -> new String(row.key(), StandardCharsets.UTF_8))
                    .containsOnly("{\"userId\":\"bob\"}");
            assertThat(all(users))
                    .singleElement()
                    .satisfies(
                            user -> assertThat(user.activity().window().end()).isEqualTo(300_000));
        }
    }

    @Test
    void givesNoEventToAResultThatIsNotWanted() throws Exception {
        StreamExecutionEnvironment env = environment();
        AnalyticsOutputs outputs = AnalyticsTopology.of(
                views(env, List.of(view("/a", 0, "1", "ada"), broken())),
                actions(env, List.of(action("bob", 1, ActionType.PURCHASE), SEARCH)),
                samples(env, List.of(Either.Right(SAMPLE))),
                SourceTopics.unread(Configurations.whole()),
                Configurations.read(Configurations.WHOLE + "results: [page-views]"),
                Fence.NONE);
        try (CloseableIterator<RowChange> rows = outputs.rows().collectAsync();
                CloseableIterator<RowChange> activities = outputs.activities().collectAsync();
                CloseableIterator<RowChange> counters = outputs.counters().collectAsync();
                CloseableIterator<DeadLetter> letters = outputs.deadLetters().collectAsync()) {
            env.execute();

            assertThat(all(rows))
                    .singleElement()
                    .satisfies(row -> assertThat(summary(row)).contains("\"page_url\":\"/a\""));
            assertThat(all(activities)).isEmpty();
            assertThat(all(counters)).isEmpty();
            assertThat(all(letters)).hasSize(1);
        }
    }

    private static DataStream<Either<DeadLetter, PageView>> views(
            StreamExecutionEnvironment env, List<Either<DeadLetter, PageView>> read) {
        return env.fromData(read, new EitherTypeInfo<>(DeadLetterTypeInfo.INSTANCE, PageViewSerializer.TYPE))
                .assignTimestampsAndWatermarks(
                        Configurations.whole().eventTime().strategyWithin(new Idleness(Duration.ofMinutes(1))));
    }

    private static DataStream<Either<DeadLetter, UserAction>> actions(
            StreamExecutionEnvironment env, List<Either<DeadLetter, UserAction>> read) {
        return env.fromData(read, new EitherTypeInfo<>(DeadLetterTypeInfo.INSTANCE, UserActionSerializer.TYPE))
                .assignTimestampsAndWatermarks(
                        Configurations.whole().eventTime().strategyWithin(new Idleness(Duration.ofMinutes(1))));
    }

    private static DataStream<Either<DeadLetter, RequestSample>> samples(
            StreamExecutionEnvironment env, List<Either<DeadLetter, RequestSample>> read) {
        return env.fromData(read, new EitherTypeInfo<>(DeadLetterTypeInfo.INSTANCE, RequestSampleSerializer.TYPE))
                .assignTimestampsAndWatermarks(
                        Configurations.whole().eventTime().strategyWithin(new Idleness(Duration.ofMinutes(1))));
    }

    private static Either<DeadLetter, UserAction> action(String user, int second, ActionType type) {
        Money paid = type == ActionType.PURCHASE ? new Money(BigDecimal.ONE, "EUR") : null;
        return Either.Right(new UserAction(
                user, new Action(new Stamp(0, 0, second * 1_000L, null), type, paid), List.of(), null, null, null));
    }

    private static Either<DeadLetter, PageView> view(String page, int second, String id, String user) {
        Stamp stamp = new Stamp(0, 0, second * 1_000L, id == null ? null : EventId.of(id));
        return Either.Right(new PageView(page, new Visit(stamp, Visit.user(user)), null));
    }

    private static Either<DeadLetter, PageView> broken() {
        ConsumedRecord record = new ConsumedRecord("page-views", 0, 0, 0, null, null, List.of());
        return Either.Left(DeadLetter.of(record, -1, "analytics", "parse", "E", "m"));
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env =
                JobEnvironment.of(Configurations.whole().job());
        env.configure(new Configuration().set(PipelineOptions.AUTO_GENERATE_UIDS, true));
        env.setParallelism(2);
        return env;
    }

    private static String summary(RowChange row) {
        assertThat(Version.generation(row.version())).isEqualTo(2);
        String after = new String(row.after(), StandardCharsets.UTF_8);
        return after.replaceAll(",\"visitor_sketch\":\"Dg[\\w+/]+\"", "") + " " + Version.position(row.version());
    }

    private static <T> List<T> all(CloseableIterator<T> iterator) {
        List<T> collected = new ArrayList<>();
        iterator.forEachRemaining(collected::add);
        return collected;
    }
}

package io.millrace.common.sink.elasticsearch;

import static io.millrace.common.sink.elasticsearch.ScriptedClient.BUSY;
import static io.millrace.common.sink.elasticsearch.ScriptedClient.REFUSED;
import static io.millrace.common.sink.elasticsearch.ScriptedClient.STALE;
import static io.millrace.common.sink.elasticsearch.ScriptedClient.WRITTEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.CollectedLetters;
import io.millrace.common.failure.Outage;
import io.millrace.common.metrics.RecordedMetrics;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.elasticsearch.index.VersionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IndexSweepTest {

    private static final long SNAPSHOT = 100;
    private static final RowChange SWEEP = RowChange.sweep(Changes.TABLE, SNAPSHOT);
    private static final List<IndexRoute> ROUTES = List.of(new IndexRoute(Changes.TABLE, "users", null));

    private final ScriptedClient client = new ScriptedClient();
    private final CollectedLetters letters = new CollectedLetters();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final RecordedMetrics metrics = new RecordedMetrics();
    private Duration patience = Duration.ofSeconds(20);

    private IndexSweeps sweeps(ScriptedScroll documents, RowChange... restored) {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), patience);
        Supplier<Outage> outages = () -> new Outage("Elasticsearch", backoff, closed, System::nanoTime);
        RowBulk bulk = new RowBulk(
                client,
                new IndexMappings(client, ROUTES),
                letters,
                "cdc",
                new TargetMetrics(metrics, "elasticsearch", () -> 2_000),
                outages);
        return new IndexSweeps(ROUTES, documents, bulk, 2, outages, List.of(restored));
    }

    private void sweep(ScriptedScroll documents) throws Exception {
        IndexSweeps sweeps = sweeps(documents, SWEEP);
        while (!sweeps.isDone()) {
            sweeps.step();
        }
    }

    private long counted(String name) {
        return metrics.counted("millrace.table=public.users.target=elasticsearch." + name);
    }

    @Test
    void deletesWhatIsOlderAndLeavesTheRest() throws Exception {
        sweep(new ScriptedScroll(10)
                .holding("older", SNAPSHOT - 1)
                .holding("of the snapshot", SNAPSHOT)
                .holding("changed since", SNAPSHOT + 1)
                .holding("oldest", 0));

        assertThat(client.bulks).containsExactly(List.of("older", "oldest"));
        assertThat(counted("recordsOut")).isEqualTo(2);
    }

    @Test
    void deletesWithTheVersionOfTheSweepWhichGivesWayToAnEqualOne() throws Exception {
        List<String> bodies = new ArrayList<>();
        client.turns.add(requests -> {
            bodies.add(new String(BulkBody.of(requests), UTF_8));
            return List.of(WRITTEN);
        });

        sweep(new ScriptedScroll(10).holding("a\"b\n", 1));

        assertThat(bodies)
                .containsExactly("{\"delete\":{\"_index\":\"users\",\"_id\":\"a\\\"b\\n\",\"version\":100,"
                        + "\"version_type\":\"" + VersionType.toString(VersionType.EXTERNAL) + "\"}}\n");
    }

    @Test
    void walksPageByPageInBulksOfTheSizeThatIsConfigured() throws Exception {
        ScriptedScroll documents = new ScriptedScroll(3);
        for (int id = 0; id < 5; id++) {
            documents.holding("" + id, 1);
        }

        sweep(documents);

        assertThat(client.bulks).containsExactly(List.of("0", "1"), List.of("2"), List.of("3", "4"));
        assertThat(documents.asked).containsExactly("begin users", "next 3", "next 5", "end");
    }

    @Test
    void doesOnePageAStepSoThatOtherWorkGoesOn() throws Exception {
        IndexSweeps sweeps = sweeps(new ScriptedScroll(1).holding("1", 1).holding("2", 2), SWEEP);

        sweeps.step();

        assertThat(client.bulks).containsExactly(List.of("1"));
        assertThat(sweeps.pending()).as("what a checkpoint would keep").containsExactly(SWEEP);
    }

    @Test
    void countsWhatWasWrittenMeanwhileAsStale() throws Exception {
        client.then(STALE, WRITTEN);

        sweep(new ScriptedScroll(10).holding("1", 1).holding("2", 2));

        assertThat(counted("stale")).isEqualTo(1);
        assertThat(counted("recordsOut")).isEqualTo(1);
    }

    @Test
    void deletesAgainWhatFoundElasticsearchTooBusyAndPutsAsideWhatIsRefused() throws Exception {
        client.then(BUSY, REFUSED);

        sweep(new ScriptedScroll(10).holding("1", 1).holding("2", 2));

        assertThat(client.bulks).containsExactly(List.of("1", "2"), List.of("1"));
        assertThat(letters.letters).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo("elasticsearch.users");
            assertThat(letter.record().key()).isEqualTo("{\"_id\":\"2\"}".getBytes(UTF_8));
        });
    }

    @Test
    void beginsAgainAfterAnOutageAndWhenElasticsearchForgotTheWalk() throws Exception {
        ScriptedScroll documents = new ScriptedScroll(1).holding("1", 1).holding("2", 2);
        documents.thenFail(new ConnectException("Connection refused"));
        documents.thenSucceed();
        documents.thenFail(ScriptedClient.whole(404));
        documents.thenFail(ScriptedClient.whole(503));

        sweep(documents);

        assertThat(documents.asked)
                .containsExactly(
                        "begin users",
                        "begin users",
                        "next 1",
                        "begin users",
                        "begin users",
                        "next 1",
                        "next 2",
                        "end");
        assertThat(client.bulks).containsExactly(List.of("1"), List.of("1"), List.of("2"));
        assertThat(letters.letters).isEmpty();
    }

    @Test
    void givesUpWhenItGetsNoFurtherAndItsPatienceEnds() {
        patience = Duration.ofMillis(30);
        ScriptedScroll documents = new ScriptedScroll(1).holding("1", 1);
        for (int i = 0; i < 1_000; i++) {
            documents.thenSucceed();
            documents.thenFail(ScriptedClient.whole(404));
        }

        assertThatThrownBy(() -> sweep(documents))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Elasticsearch has taken no write");
    }

    @Test
    void failsAtOnceWithARemedyWithoutTheRights() {
        ScriptedScroll forbidden = new ScriptedScroll(1);
        forbidden.thenFail(ScriptedClient.whole(403));

        assertThatThrownBy(() -> sweep(forbidden)).hasMessageContaining("403").hasMessageContaining("refresh");
    }

    @Test
    void failsAtOnceWhereTheIndexIsGone() {
        ScriptedScroll gone = new ScriptedScroll(1);
        gone.thenFail(ScriptedClient.whole(404));

        assertThatThrownBy(() -> sweep(gone)).hasMessageContaining("submit the job again");
    }

    @Test
    void stopsWaitingWhenTheWriterIsClosed() {
        ScriptedScroll documents = new ScriptedScroll(1);
        documents.thenFail(new ConnectException("Connection refused"));
        closed.countDown();

        assertThatThrownBy(() -> sweep(documents)).hasMessageContaining("closed");
    }

    @Test
    void isDoneEvenIfElasticsearchDoesNotForgetTheWalkAtOnce() throws Exception {
        ScriptedScroll documents = new ScriptedScroll(1);
        documents.thenSucceed();
        documents.thenFail(new ConnectException("Connection refused"));

        sweep(documents);

        assertThat(documents.asked).containsExactly("begin users", "end");
    }

    @Test
    void sweepsOneTableAfterTheOther() throws Exception {
        ScriptedScroll documents = new ScriptedScroll(10).holding("1", 1);
        IndexSweeps sweeps = sweeps(documents, SWEEP);
        sweeps.add(RowChange.sweep(Changes.TABLE, 2 * SNAPSHOT));
        while (!sweeps.isDone()) {
            sweeps.step();
        }

        assertThat(documents.asked).containsExactly("begin users", "next 1", "end", "begin users", "next 1", "end");
    }

    @Test
    void hasNothingToDoForATableThatIsNoLongerRouted() {
        assertThat(sweeps(new ScriptedScroll(1), RowChange.sweep("public.gone", 1))
                        .isDone())
                .isTrue();
    }

    @Test
    void isKeptInACheckpointAndReadBack() throws Exception {
        SweepSerializer serializer = new SweepSerializer();

        RowChange read = serializer.deserialize(serializer.getVersion(), serializer.serialize(SWEEP));

        assertThat(read).usingRecursiveComparison().isEqualTo(SWEEP);
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessageContaining("restore it with the release that wrote it");
    }
}

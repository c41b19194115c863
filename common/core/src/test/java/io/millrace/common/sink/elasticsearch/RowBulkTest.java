package io.millrace.common.sink.elasticsearch;

import static io.millrace.common.sink.elasticsearch.Changes.requests;
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
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.Outage;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RowBulkTest {

    private final ScriptedClient client = new ScriptedClient();
    private final CollectedLetters letters = new CollectedLetters();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Duration patience = Duration.ofSeconds(20);

    private void carry(RowChange... changes) throws IOException, InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), patience);
        new RowBulk(
                        client,
                        new IndexMappings(client, List.of(new IndexRoute(Changes.TABLE, "users", null))),
                        letters,
                        "cdc-sync",
                        new TargetMetrics(new UnregisteredMetricsGroup(), "elasticsearch", () -> 2_000),
                        () -> new Outage("Elasticsearch", backoff, closed, System::nanoTime))
                .carry(requests(changes));
    }

    private static RowChange row(int id) {
        return Changes.row(5, id, "{\"id\":" + id + "}");
    }

    @Test
    void takesAStaleWriteForDone() throws Exception {
        client.then(STALE, WRITTEN);

        carry(row(1), row(2));

        assertThat(client.bulks).containsExactly(List.of("1", "2"));
        assertThat(letters.letters).isEmpty();
    }

    @Test
    void writesARefusedRowToTheDeadLettersWithTheAnswer() throws Exception {
        client.then(WRITTEN, REFUSED, WRITTEN);

        carry(row(1), row(2), row(3));

        assertThat(client.bulks).hasSize(1);
        DeadLetter letter = letters.letters.get(0);
        assertThat(letters.letters).hasSize(1);
        assertThat(letter.record().offset()).isEqualTo(5);
        assertThat(letter.record().key()).isEqualTo("{\"id\":2}".getBytes(UTF_8));
        assertThat(letter.version()).isEqualTo(5);
        assertThat(letter.pipeline()).isEqualTo("cdc-sync");
        assertThat(letter.stage()).isEqualTo("elasticsearch.users");
        assertThat(letter.errorClass()).isEqualTo("mapper_parsing_exception");
        assertThat(letter.errorMessage()).isEqualTo("400 failed to parse field [age]");
    }

    @Test
    void sendsOnlyWhatFoundElasticsearchTooBusyAgain() throws Exception {
        client.then(BUSY, REFUSED, WRITTEN, BUSY);
        client.then(WRITTEN, BUSY);

        carry(row(1), row(2), row(3), row(4));

        assertThat(client.bulks).containsExactly(List.of("1", "2", "3", "4"), List.of("1", "4"), List.of("4"));
        assertThat(letters.letters).hasSize(1);
    }

    @Test
    void waitsOutAnOutageWithoutADeadLetter() throws Exception {
        client.thenFail(new ConnectException("Connection refused"));
        client.thenFail(ScriptedClient.whole(503));
        client.thenFail(ScriptedClient.whole(429));

        carry(row(1), row(2));

        assertThat(client.bulks).hasSize(4).allMatch(List.of("1", "2")::equals);
        assertThat(letters.letters).isEmpty();
    }

    @Test
    void failsWhenPatienceEndsAndLosesNothing() {
        patience = Duration.ZERO;
        client.then(BUSY, REFUSED);

        assertThatThrownBy(() -> carry(row(1), row(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Elasticsearch has taken no write for")
                .hasRootCauseMessage(
                        "a write to users: Elasticsearch answered 429 es_rejected_execution_exception: queue is full");
        assertThat(letters.letters).isEmpty();
    }

    @Test
    void failsLoudlyWithARemedyWhereEveryWriteWouldFail() {
        client.thenFail(ScriptedClient.whole(401));
        assertThatThrownBy(() -> carry(row(1))).hasMessageContaining("401").hasMessageContaining("password");

        client.then(new ItemAnswer(404, "index_not_found_exception", "no such index"), WRITTEN);
        assertThatThrownBy(() -> carry(row(1), row(2))).hasMessageContaining("submit the job again");

        client.aliasIsThere = false;
        assertThatThrownBy(() -> carry(row(1))).hasMessageContaining("has no alias \"users\"");
        assertThat(letters.letters).isEmpty();
    }

    @Test
    void putsARowThatMakesNoDocumentAsideBeforeItIsSent() throws Exception {
        carry(row(1), Changes.row(5, 2, "{\"a\":1,\"a\":2}"), row(3));

        assertThat(client.bulks).containsExactly(List.of("1", "3"));
        assertThat(letters.letters).singleElement().satisfies(letter -> {
            assertThat(letter.errorClass()).isEqualTo("DataException");
            assertThat(letter.stage()).isEqualTo("elasticsearch.users");
        });
    }

    @Test
    void doesNotCountAsDoneBeforeTheDeadLetterIsAcknowledged() {
        client.then(REFUSED);
        letters.failure = new IOException("Kafka is away");

        assertThatThrownBy(() -> carry(row(1))).isSameAs(letters.failure);
    }

    @Test
    void halvesABulkThatIsTooLargeUntilOnlyTheRowItselfIs() throws Exception {
        client.thenFail(ScriptedClient.whole(413));
        client.thenFail(ScriptedClient.whole(413));
        client.thenFail(ScriptedClient.whole(413));

        carry(row(1), row(2), row(3), row(4));

        assertThat(client.bulks)
                .containsExactly(
                        List.of("1", "2", "3", "4"), List.of("1", "2"), List.of("1"), List.of("2"), List.of("3", "4"));
        assertThat(letters.letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.errorMessage()).contains("413"));
    }

    @Test
    void endsAPauseWhenTheWriterIsClosed() {
        client.thenFail(new ConnectException("Connection refused"));
        closed.countDown();

        assertThatThrownBy(() -> carry(row(1))).hasMessageContaining("closed");
    }
}

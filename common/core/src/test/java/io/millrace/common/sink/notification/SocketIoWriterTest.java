package io.millrace.common.sink.notification;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.sink.redis.ManualTask;
import io.millrace.common.sink.redis.Publisher;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

class SocketIoWriterTest {

    private static final String OUT = "millrace.table=public.users.target=notifications.recordsOut";
    private static final SocketIoConfig CONFIG = new SocketIoConfig(
            Connection.to("redis://cache:6379"),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(5)),
            "socket.io");

    private final ManualTask task = new ManualTask();
    private final ScriptedPublisher redis = new ScriptedPublisher();
    private final SimpleCounter withoutRoom = new SimpleCounter();
    private final SocketIoWriter writer = new SocketIoWriter(
            CONFIG,
            redis,
            new TargetMetrics(task.metrics, NotificationSinks.NAME, task::now),
            withoutRoom,
            task,
            task.getProcessingTimeService());

    /** Takes what it is told to; a call that no answer was prepared for is taken whole. */
    private static final class ScriptedPublisher implements Publisher {

        private final List<List<String>> calls = new ArrayList<>();
        private final Deque<CompletableFuture<Published>> answers = new ArrayDeque<>();
        private boolean closed;

        @Override
        public CompletableFuture<Published> publish(List<Message> messages) {
            calls.add(messages.stream()
                    .map(message -> new String(message.body(), ISO_8859_1).replaceAll("(?s).*no-(\\d).*", "$1"))
                    .toList());
            return answers.isEmpty()
                    ? CompletableFuture.completedFuture(new Published(messages.size(), null))
                    : answers.remove();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void gathersWhileRedisHasABatch() throws Exception {
        CompletableFuture<Publisher.Published> first = new CompletableFuture<>();
        redis.answers.add(first);
        write(1, 2, 3);
        assertThat(redis.calls).containsExactly(List.of("1"));

        first.complete(new Publisher.Published(1, null));
        writer.flush(false);

        assertThat(redis.calls).containsExactly(List.of("1"), List.of("2", "3"));
        assertThat(task.metrics.counted(OUT)).isEqualTo(3);
    }

    @Test
    void publishesAgainFromTheFirstThatRedisDidNotTake() throws Exception {
        CompletableFuture<Publisher.Published> first = new CompletableFuture<>();
        redis.answers.add(first);
        redis.answers.add(CompletableFuture.completedFuture(new Publisher.Published(1, gone())));
        write(1, 2, 3, 4);
        first.complete(new Publisher.Published(1, null));
        task.pass(0);
        write(5);
        assertThat(redis.calls).hasSize(2);

        writer.flush(false);

        assertThat(redis.calls).containsExactly(List.of("1"), List.of("2", "3", "4"), List.of("3", "4", "5"));
        assertThat(task.now()).as("a pause").isEqualTo(100);
        assertThat(task.metrics.counted("millrace.target=notifications.retried"))
                .isEqualTo(2);
        assertThat(task.metrics.counted(OUT)).isEqualTo(5);
    }

    @Test
    void failsWhenPatienceEndsAndNotBefore() throws Exception {
        for (int i = 0; i < 20; i++) {
            redis.answers.add(CompletableFuture.completedFuture(new Publisher.Published(0, gone())));
        }
        write(1);

        assertThatThrownBy(() -> writer.flush(false))
                .hasRootCauseMessage("no answer")
                .cause()
                .hasMessageContaining("redis at redis://cache:6379 has taken no notification for 5 s")
                .hasMessageContaining("nothing is lost");
        assertThat(task.now()).isBetween(5_000L, 6_000L);
    }

    @Test
    void countsEachOutageByItself() throws Exception {
        for (int i = 0; i < 12; i++) {
            redis.answers.add(CompletableFuture.completedFuture(new Publisher.Published(0, gone())));
            redis.answers.add(CompletableFuture.completedFuture(new Publisher.Published(1, null)));
            write(i % 10);
            writer.flush(false);
            task.pass(1_000);
        }

        assertThat(task.metrics.counted(OUT)).isEqualTo(12);
    }

    @Test
    void failsAtOnceOnWhatWouldBeRefusedAgain() throws Exception {
        redis.answers.add(CompletableFuture.completedFuture(new Publisher.Published(
                0, new RedisCommandExecutionException("NOPERM this user has no permissions to access a channel"))));
        write(1);

        assertThatThrownBy(() -> writer.flush(false))
                .cause()
                .hasMessageContaining("refuses a notification: NOPERM")
                .hasMessageContaining("PUBLISH");
        assertThat(task.now()).isZero();
    }

    @Test
    void tellsNobodyWithoutARoom() throws Exception {
        writer.write(Told.of(null, "{}"), null);
        writer.flush(true);

        assertThat(redis.calls).isEmpty();
        assertThat(withoutRoom.getCount()).isEqualTo(1);
    }

    @Test
    void closesItsConnection() {
        writer.close();

        assertThat(redis.closed).isTrue();
    }

    private void write(int... numbers) throws Exception {
        for (int number : numbers) {
            writer.write(Told.of("user:1", "{\"id\":\"no-" + number + "\"}"), null);
        }
    }

    private static RuntimeException gone() {
        return new RedisCommandTimeoutException("no answer");
    }
}

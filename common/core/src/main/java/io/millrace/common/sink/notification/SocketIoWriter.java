package io.millrace.common.sink.notification;

import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.sink.redis.Publisher;
import io.millrace.common.sink.redis.Publisher.Message;
import io.millrace.common.sink.redis.Publisher.Published;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Publishes in order: while Redis has one batch, the next gathers. What follows a message that Redis did not take is
 * published again after it, so that a receiver sees the last one of a row last. Redis answers on a thread of its client;
 * everything that follows from an answer happens in the task's thread.
 */
final class SocketIoWriter implements SinkWriter<Notification> {

    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_WAITING = 2_000;

    private final SocketIoConfig config;
    private final Publisher redis;
    private final TargetMetrics metrics;
    private final Counter withoutRoom;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final Deque<Notification> waiting = new ArrayDeque<>();
    private boolean busy;
    private int failed;
    private long failingSince;

    SocketIoWriter(
            SocketIoConfig config,
            Publisher redis,
            TargetMetrics metrics,
            Counter withoutRoom,
            MailboxExecutor mailbox,
            ProcessingTimeService time) {
        this.config = config;
        this.redis = redis;
        this.metrics = metrics;
        this.withoutRoom = withoutRoom;
        this.mailbox = mailbox;
        this.time = time;
    }

    @Override
    public void write(Notification notification, Context context) throws IOException, InterruptedException {
        if (notification.room() == null) {
            withoutRoom.inc();
            return;
        }
        while (waiting.size() >= MOST_WAITING) {
            mailbox.yield();
        }
        waiting.add(notification);
        if (!busy) {
            publish();
        }
    }

    private void publish() throws IOException {
        busy = true;
        List<Message> batch = new ArrayList<>();
        Iterator<Notification> next = waiting.iterator();
        while (next.hasNext() && batch.size() < MOST_AT_ONCE) {
            batch.add(SocketIoPacket.of(next.next(), config.key()));
        }
        var unused = redis.publish(batch)
                .whenComplete((published, error) -> inTaskThread(() -> {
                    if (error != null) {
                        throw new IOException("the client of redis failed", error);
                    }
                    settle(batch.size(), published);
                }));
    }

    private void inTaskThread(ThrowingRunnable<? extends Exception> action) {
        try {
            mailbox.execute(action, "settle published notifications");
        } catch (RejectedExecutionException e) {
            // The task is over, and with it everything that its last checkpoint does not cover.
            return;
        }
    }

    private void settle(int sent, Published published) throws IOException {
        for (int i = 0; i < published.taken(); i++) {
            Notification taken = waiting.remove();
            metrics.written(taken.table(), taken.commitTime());
        }
        if (published.error() == null) {
            failed = 0;
            busy = !waiting.isEmpty();
            if (busy) {
                publish();
            }
            return;
        }
        metrics.retried(sent - published.taken());
        requirePatience(published);
        var unused = time.registerTimer(
                time.getCurrentProcessingTime() + config.backoff().pauseMillis(failed), now -> publish());
    }

    private void requirePatience(Published published) throws IOException {
        String where = "redis at " + config.redis().uri();
        if (published.isForGood()) {
            throw new IOException(where + " refuses a notification: " + published.reason());
        }
        long now = time.getCurrentProcessingTime();
        failingSince = failed++ == 0 ? now : failingSince;
        Duration failing = Duration.ofMillis(now - failingSince);
        if (failing.compareTo(config.backoff().giveUpAfter()) >= 0) {
            throw new IOException(
                    where + " has taken no notification for " + failing.toSeconds() + " s and " + failed
                            + " attempts: " + published.reason()
                            + "; nothing is lost, the job goes on from its last checkpoint once Redis is back",
                    published.error());
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        while (busy) {
            mailbox.yield();
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}

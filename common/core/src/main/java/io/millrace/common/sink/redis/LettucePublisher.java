package io.millrace.common.sink.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Publishes with Lettuce. A connection that failed is given up, and the next call makes a new one. */
final class LettucePublisher implements Publisher {

    private final RedisLinks links;
    private final AtomicReference<@Nullable CompletableFuture<RedisLink>> current = new AtomicReference<>();

    LettucePublisher(RedisConfig.Connection connection) {
        this.links = RedisLinks.toAny(connection);
    }

    @Override
    public CompletableFuture<Published> publish(List<Message> messages) {
        CompletableFuture<RedisLink> link = connected();
        return link.thenCompose(connected -> send(connected, messages))
                .exceptionally(error -> new Published(0, error))
                .whenComplete((published, never) -> {
                    if (published.error() != null) {
                        giveUp(link);
                    }
                });
    }

    private CompletableFuture<RedisLink> connected() {
        CompletableFuture<RedisLink> present = current.get();
        if (present != null) {
            return present;
        }
        CompletableFuture<RedisLink> made = links.connect();
        current.set(made);
        return made;
    }

    private static CompletableFuture<Published> send(RedisLink link, List<Message> messages) {
        List<CompletableFuture<Long>> answers = new ArrayList<>(messages.size());
        for (Message message : messages) {
            answers.add(
                    link.commands().publish(message.channel(), message.body()).toCompletableFuture());
        }
        link.flush();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .handle((done, error) -> taken(answers));
    }

    private static Published taken(List<CompletableFuture<Long>> answers) {
        int taken = 0;
        for (CompletableFuture<Long> answer : answers) {
            try {
                answer.join();
                taken++;
            } catch (CompletionException | CancellationException e) {
                return new Published(taken, e);
            }
        }
        return new Published(taken, null);
    }

    private void giveUp(CompletableFuture<RedisLink> used) {
        if (current.compareAndSet(used, null)) {
            CompletableFuture<Void> unused =
                    used.thenCompose(link -> link.connection().closeAsync());
        }
    }

    @Override
    public void close() {
        links.close();
    }
}

package io.millrace.common.sink.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pipelined connection. It is made when it is first needed, and given up after an error that a new one might not
 * have.
 */
final class LettuceWrites implements RedisWrites {

    /** Keys that Redis looks at for one page: about a millisecond, in which it does nothing else. */
    private static final int LOOKED_AT = 2_000;

    private record Ready(RedisLink link, String digest) {}

    private final RedisLinks links;
    private volatile boolean bySlot;
    private final AtomicReference<@Nullable CompletableFuture<Ready>> current = new AtomicReference<>();

    LettuceWrites(RedisConfig.Connection config) {
        this.bySlot = config.cluster();
        this.links = RedisLinks.to(config);
    }

    @Override
    public CompletableFuture<List<Answer>> apply(List<VersionedWrite> writes) {
        if (writes.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<Ready> connected = connected();
        return connected
                .thenCompose(ready -> send(ready, writes))
                .exceptionally(error -> Collections.nCopies(writes.size(), Answer.failed(error)))
                .whenComplete((answers, never) -> giveUpIfBroken(connected, answers));
    }

    @Override
    public CompletableFuture<KeyPage> scan(String pattern, @Nullable KeyPage last) {
        return ask(ready -> ready.link()
                .commands()
                .scan(from(last, ready), ScanArgs.Builder.limit(LOOKED_AT).match(pattern))
                .thenApply(page -> new KeyPage(
                        page.getKeys(),
                        page.isFinished() ? null : page,
                        ready.link().connection())));
    }

    /** A Redis that was started anew keeps its keys in another order, to which an old cursor says nothing. */
    private static ScanCursor from(@Nullable KeyPage last, Ready ready) {
        ScanCursor cursor = last == null || last.connection() != ready.link().connection() ? null : last.cursor();
        return cursor == null ? ScanCursor.INITIAL : cursor;
    }

    @Override
    public CompletableFuture<List<@Nullable String>> versions(List<String> keys) {
        return ask(ready -> {
            List<CompletableFuture<@Nullable String>> versions = new ArrayList<>(keys.size());
            for (String key : keys) {
                versions.add(version(ready, VersionedWrite.versionKey(key)));
            }
            return CompletableFuture.allOf(versions.toArray(CompletableFuture[]::new))
                    .thenApply(done -> versions.stream()
                            .<@Nullable String>map(CompletableFuture::join)
                            .toList());
        });
    }

    private static CompletableFuture<@Nullable String> version(Ready ready, byte[] versionKey) {
        return ready.link()
                .commands()
                .get(versionKey)
                .toCompletableFuture()
                .<@Nullable String>thenApply(held -> held == null ? null : new String(held, StandardCharsets.UTF_8))
                .exceptionallyCompose(error -> RedisErrors.kindOf(error) == ErrorKind.DATA
                        ? CompletableFuture.completedFuture(NO_VERSION)
                        : CompletableFuture.failedFuture(error));
    }

    private <T> CompletableFuture<T> ask(Function<Ready, CompletionStage<T>> question) {
        CompletableFuture<Ready> connected = connected();
        return connected
                .thenCompose(ready -> {
                    CompletionStage<T> answer = question.apply(ready);
                    ready.link().flush();
                    return answer;
                })
                .whenComplete((answer, error) -> {
                    if (error != null) {
                        giveUp(connected);
                    }
                });
    }

    private CompletableFuture<List<Answer>> send(Ready ready, List<VersionedWrite> writes) {
        Answer[] answers = new Answer[writes.size()];
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (ScriptCall call : ScriptCall.of(writes, bySlot)) {
            calls.add(VersionedScript.call(ready.link().commands(), ready.digest(), call.writes())
                    .exceptionallyCompose(error -> sendBySlot(ready, call.writes(), error))
                    .thenAccept(answered -> call.place(answered, answers))
                    .toCompletableFuture());
        }
        ready.link().flush();
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).thenApply(done -> List.of(answers));
    }

    /** A single node that has all slots of a cluster takes no call across slots, and is known by that only. */
    private CompletableFuture<List<Answer>> sendBySlot(Ready ready, List<VersionedWrite> writes, Throwable error) {
        if (RedisErrors.isAcrossSlots(error) && writes.size() > 1 && !bySlot) {
            bySlot = true;
            return send(ready, writes);
        }
        return CompletableFuture.completedFuture(Collections.nCopies(writes.size(), Answer.failed(error)));
    }

    private CompletableFuture<Ready> connected() {
        CompletableFuture<Ready> present = current.get();
        if (present != null) {
            return present;
        }
        CompletableFuture<Ready> made = connect();
        current.set(made);
        return made;
    }

    private CompletableFuture<Ready> connect() {
        return links.connect().thenCompose(LettuceWrites::load);
    }

    private static CompletableFuture<Ready> load(RedisLink link) {
        CompletableFuture<Ready> ready = link.commands()
                .scriptLoad(VersionedScript.text())
                .toCompletableFuture()
                .thenApply(digest -> new Ready(link, digest));
        link.flush();
        return ready.whenComplete((loaded, error) -> {
            if (error != null) {
                CompletableFuture<Void> unused = link.connection().closeAsync();
            }
        });
    }

    /** Also after NOSCRIPT: a new connection loads the script again. */
    private void giveUpIfBroken(CompletableFuture<Ready> used, List<Answer> answers) {
        boolean broken = answers.stream()
                .map(Answer::error)
                .anyMatch(error -> error != null && RedisErrors.kindOf(error) != ErrorKind.DATA);
        if (broken) {
            giveUp(used);
        }
    }

    private void giveUp(CompletableFuture<Ready> used) {
        if (current.compareAndSet(used, null)) {
            CompletableFuture<Void> unused =
                    used.thenCompose(ready -> ready.link().connection().closeAsync());
        }
    }

    @Override
    public void close() {
        links.close();
    }
}

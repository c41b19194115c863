package io.millrace.common.sink.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.millrace.common.config.Secret;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pipelined connection. It is made when it is first needed, and given up after an error that a new one might not
 * have: the client's own reconnecting is off, because it would send again what this sink decides about.
 */
final class LettuceWrites implements RedisWrites {

    private static final int THREADS = 2;

    /** Keys that Redis looks at for one page: about a millisecond, in which it does nothing else. */
    private static final int LOOKED_AT = 2_000;

    private record Ready(StatefulRedisConnection<byte[], byte[]> connection, String digest) {}

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI address;
    private final AtomicReference<@Nullable CompletableFuture<Ready>> current = new AtomicReference<>();

    LettuceWrites(RedisConfig.Connection config) {
        this.address = address(config);
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(config));
    }

    private static RedisURI address(RedisConfig.Connection config) {
        RedisURI address = RedisURI.create(config.uri());
        address.setTimeout(config.requestTimeout());
        Secret password = config.password();
        if (password != null) {
            if (config.username() == null) {
                address.setAuthentication(password.reveal().toCharArray());
            } else {
                address.setAuthentication(config.username(), password.reveal().toCharArray());
            }
        }
        return address;
    }

    private static ClientOptions options(RedisConfig.Connection config) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(config.requestTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(config.requestTimeout())
                        .keepAlive(true)
                        .build());
        if (config.caCertificate() != null) {
            options.sslOptions(SslOptions.builder()
                    .trustManager(new File(config.caCertificate()))
                    .build());
        }
        return options.build();
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
        return ask(ready -> ready.connection()
                .async()
                .scan(from(last, ready), ScanArgs.Builder.limit(LOOKED_AT).match(pattern))
                .thenApply(page ->
                        new KeyPage(page.getKeys(), page.isFinished() ? null : page.getCursor(), ready.connection())));
    }

    /** A Redis that was started anew keeps its keys in another order, to which an old cursor says nothing. */
    private static ScanCursor from(@Nullable KeyPage last, Ready ready) {
        String cursor = last == null || last.connection() != ready.connection() ? null : last.cursor();
        return cursor == null ? ScanCursor.INITIAL : ScanCursor.of(cursor);
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
        return ready.connection()
                .async()
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
                    ready.connection().flushCommands();
                    return answer;
                })
                .whenComplete((answer, error) -> {
                    if (error != null) {
                        giveUp(connected);
                    }
                });
    }

    private static CompletableFuture<List<Answer>> send(Ready ready, List<VersionedWrite> writes) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>(writes.size());
        for (VersionedWrite write : writes) {
            answers.add(VersionedScript.call(ready.connection().async(), ready.digest(), write)
                    .toCompletableFuture());
        }
        ready.connection().flushCommands();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
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
        return client.connectAsync(ByteArrayCodec.INSTANCE, address)
                .toCompletableFuture()
                .thenCompose(LettuceWrites::load);
    }

    private static CompletableFuture<Ready> load(StatefulRedisConnection<byte[], byte[]> connection) {
        connection.setAutoFlushCommands(false);
        CompletableFuture<Ready> ready = connection
                .async()
                .scriptLoad(VersionedScript.text())
                .toCompletableFuture()
                .thenApply(digest -> new Ready(connection, digest));
        connection.flushCommands();
        return ready.whenComplete((loaded, error) -> {
            if (error != null) {
                CompletableFuture<Void> unused = connection.closeAsync();
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
                    used.thenCompose(ready -> ready.connection().closeAsync());
        }
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}

package io.millrace.common.sink.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.millrace.common.config.Secret;
import java.io.File;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes connections. The client's own reconnecting is off, because it would send again what this sink decides about. In
 * a cluster each connection looks for the nodes anew, and a command is sent at once: what waits for a node that is not
 * connected yet would miss the flush.
 */
final class RedisLinks implements AutoCloseable {

    private static final int THREADS = 2;

    private final ClientResources resources;
    private final Supplier<CompletableFuture<RedisLink>> connect;
    private final Runnable shutdown;

    private RedisLinks(ClientResources resources, Supplier<CompletableFuture<RedisLink>> connect, Runnable shutdown) {
        this.resources = resources;
        this.connect = connect;
        this.shutdown = shutdown;
    }

    static RedisLinks to(RedisConfig.Connection config) {
        return config.cluster() ? cluster(config, RedisLinks::toEachNode) : single(config);
    }

    /** Makes connections for commands without a key, which any node of a cluster takes. */
    static RedisLinks toAny(RedisConfig.Connection config) {
        return config.cluster() ? cluster(config, RedisLinks::toOneNode) : single(config);
    }

    private static ClientResources resources() {
        return DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
    }

    private static RedisLinks single(RedisConfig.Connection config) {
        ClientResources resources = resources();
        RedisURI address = address(config);
        RedisClient client = RedisClient.create(resources);
        client.setOptions(with(ClientOptions.builder(), config).build());
        return new RedisLinks(
                resources,
                () -> client.connectAsync(ByteArrayCodec.INSTANCE, address)
                        .toCompletableFuture()
                        .thenApply(made -> {
                            made.setAutoFlushCommands(false);
                            return new RedisLink(made, made.async(), true);
                        }),
                () -> client.shutdown(0, 2, TimeUnit.SECONDS));
    }

    private static RedisLinks cluster(
            RedisConfig.Connection config, Function<RedisClusterClient, CompletableFuture<RedisLink>> connect) {
        ClientResources resources = resources();
        RedisClusterClient client = RedisClusterClient.create(resources, address(config));
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        with(options, config);
        client.setOptions(options.build());
        return new RedisLinks(
                resources,
                () -> client.refreshPartitionsAsync().toCompletableFuture().thenCompose(known -> connect.apply(client)),
                () -> client.shutdown(0, 2, TimeUnit.SECONDS));
    }

    private static CompletableFuture<RedisLink> toEachNode(RedisClusterClient client) {
        return client.connectAsync(ByteArrayCodec.INSTANCE).thenApply(made -> new RedisLink(made, made.async(), false));
    }

    /** What this kind of connection sends does not go by slots. */
    private static CompletableFuture<RedisLink> toOneNode(RedisClusterClient client) {
        return client.connectPubSubAsync(ByteArrayCodec.INSTANCE)
                .thenApply(made -> new RedisLink(made, made.async(), false));
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

    private static ClientOptions.Builder with(ClientOptions.Builder options, RedisConfig.Connection config) {
        options.autoReconnect(false)
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
        return options;
    }

    CompletableFuture<RedisLink> connect() {
        return connect.get();
    }

    @Override
    public void close() {
        shutdown.run();
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}

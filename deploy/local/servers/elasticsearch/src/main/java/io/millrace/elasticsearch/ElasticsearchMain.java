package io.millrace.elasticsearch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.reindex.ReindexPlugin;
import org.elasticsearch.transport.Netty4Plugin;

/**
 * One Elasticsearch node, without the distribution around it: HTTP, indexing, search, reindex and delete by query; no
 * scripts.
 */
public final class ElasticsearchMain {

    private ElasticsearchMain() {}

    /**
     * Starts the node and returns when it is told to end.
     *
     * @param arguments the folder that holds {@code config/elasticsearch.yml}
     */
    public static void main(String[] arguments) throws NodeValidationException, InterruptedException {
        Path home = Path.of(arguments[0]);
        Settings settings = Settings.builder().put("path.home", home.toString()).build();
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> "local");
        Node node = new NetworkNode(environment);
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node, end), "close-node"));
        node.start();
        end.await();
    }

    private static void close(Node node, CountDownLatch end) {
        try {
            node.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            end.countDown();
        }
    }

    private static final class NetworkNode extends Node {

        NetworkNode(Environment environment) {
            super(environment, List.of(Netty4Plugin.class, ReindexPlugin.class), false);
        }
    }
}

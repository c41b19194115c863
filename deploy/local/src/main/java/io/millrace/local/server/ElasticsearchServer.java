package io.millrace.local.server;

import io.millrace.local.Addresses;
import io.millrace.local.Port;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import io.millrace.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Elasticsearch, one node. */
final class ElasticsearchServer implements ServerProcess {

    private final Site site;

    ElasticsearchServer(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return Server.ELASTICSEARCH.label();
    }

    @Override
    public Server server() {
        return Server.ELASTICSEARCH;
    }

    @Override
    public List<Port> ports() {
        return List.of(Port.ELASTICSEARCH, Port.ELASTICSEARCH_TRANSPORT);
    }

    @Override
    public void prepare(StartListener listener) throws IOException {
        Path config = Files.createDirectories(home().resolve("config"));
        Files.writeString(config.resolve("elasticsearch.yml"), settings());
    }

    @Override
    public Launch launch() {
        return site.launch(
                Server.ELASTICSEARCH,
                name(),
                new JavaCommand(site, Server.ELASTICSEARCH)
                        .option("-Xms512m", "-Xmx512m", JavaCommand.COLLECT_BESIDE, "-XX:MaxDirectMemorySize=192m")
                        .option("-Dlog4j2.disable.jmx=true", "-Dio.netty.noUnsafe=true", "-Dfile.encoding=UTF-8")
                        .main("io.millrace.elasticsearch.ElasticsearchMain", home().toString()));
    }

    @Override
    public boolean answers() throws IOException, InterruptedException {
        return Probe.get(site.addresses().elasticsearchUrl() + "/_cluster/health")
                .matches("(?s).*\"status\":\"(green|yellow)\".*");
    }

    private Path home() {
        return site.folder(Server.ELASTICSEARCH);
    }

    private String settings() {
        return """
                cluster.name: millrace-local
                node.name: local
                path.data: "%s"
                network.host: %s
                http.port: %d
                transport.port: %d
                transport.type: netty4
                http.type: netty4
                discovery.type: single-node
                # a nearly full disk would turn every index read-only
                cluster.routing.allocation.disk.threshold_enabled: false
                """.formatted(
                        home().resolve("data"),
                        Addresses.HOST,
                        site.port(Port.ELASTICSEARCH),
                        site.port(Port.ELASTICSEARCH_TRANSPORT));
    }
}

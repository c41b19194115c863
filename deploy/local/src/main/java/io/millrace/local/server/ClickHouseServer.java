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

/** ClickHouse with its HTTP interface. */
final class ClickHouseServer implements ServerProcess {

    private final Site site;

    ClickHouseServer(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return Server.CLICKHOUSE.label();
    }

    @Override
    public Server server() {
        return Server.CLICKHOUSE;
    }

    @Override
    public List<Port> ports() {
        return List.of(Port.CLICKHOUSE);
    }

    @Override
    public void prepare(StartListener listener) throws IOException, InterruptedException {
        ClickHouseBinary.path(listener);
        Files.createDirectories(data());
        site.write(Server.CLICKHOUSE, "config.xml", config());
    }

    @Override
    public Launch launch() throws IOException, InterruptedException {
        return site.launch(
                Server.CLICKHOUSE,
                name(),
                new JavaCommand(site, Server.CLICKHOUSE)
                        .option("-Xmx64m", "-XX:TieredStopAtLevel=1")
                        .main(
                                "io.millrace.clickhouse.ClickHouseMain",
                                ClickHouseBinary.path(StartListener.SILENT).toString(),
                                site.folder(Server.CLICKHOUSE)
                                        .resolve("conf/config.xml")
                                        .toString(),
                                data().toString(),
                                Integer.toString(site.port(Port.CLICKHOUSE))));
    }

    @Override
    public boolean answers() throws IOException, InterruptedException {
        return Probe.get(site.addresses().clickhouseUrl() + "/ping").startsWith("Ok");
    }

    private Path data() {
        return site.folder(Server.CLICKHOUSE).resolve("data");
    }

    private String config() {
        return """
                <clickhouse>
                  <http_port>%d</http_port>
                  <listen_host>%s</listen_host>
                  <path>%s/</path>
                  <max_server_memory_usage>1610612736</max_server_memory_usage>
                  <mark_cache_size>67108864</mark_cache_size>
                  <uncompressed_cache_size>16777216</uncompressed_cache_size>
                  <shutdown_wait_unfinished>1</shutdown_wait_unfinished>
                  <background_pool_size>2</background_pool_size>
                  <background_schedule_pool_size>8</background_schedule_pool_size>
                  <logger><console>1</console></logger>
                </clickhouse>
                """.formatted(site.port(Port.CLICKHOUSE), Addresses.HOST, data());
    }
}

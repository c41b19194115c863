package io.millrace.local.server;

import io.millrace.local.DataFolder;
import io.millrace.local.Ports;
import io.millrace.local.Server;
import io.millrace.local.process.Launch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How Flink's command line is run: its class path, its options, and a configuration that names one cluster. */
public final class FlinkClient {

    private static final String NAME = "flink-client";

    private FlinkClient() {}

    /**
     * Returns the command.
     *
     * @param data where the configuration and the log are written
     * @param flink the cluster's REST address
     * @param arguments of the {@code flink} command
     */
    public static Launch launch(DataFolder data, URI flink, List<String> arguments) throws IOException {
        Site site = new Site(data, Ports.standard());
        Path conf = configuration(site, flink);
        List<String> command = new JavaCommand(site, Server.FLINK)
                .logTo("log4j2-file.properties")
                .option("-Xmx512m", JavaCommand.COLLECT_AT_ONCE, JavaCommand.COMPILE_ONCE)
                .option(FlinkConfiguration.opens())
                .option("-Dlog.file=" + data.log(NAME))
                .main("org.apache.flink.client.cli.CliFrontend", arguments.toArray(String[]::new));
        Map<String, String> environment = new HashMap<>(FlinkPlugins.environment());
        environment.put("FLINK_CONF_DIR", conf.toString());
        return new Launch(NAME, command, environment, conf, data.log(NAME));
    }

    private static Path configuration(Site site, URI flink) throws IOException {
        boolean tls = "https".equals(flink.getScheme());
        int port = flink.getPort() > 0 ? flink.getPort() : tls ? 443 : 80;
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rest.address", flink.getHost());
        all.put("rest.port", port);
        all.put("security.ssl.rest.enabled", tls);
        all.putAll(FlinkPlugins.objectStore(System.getenv()));
        all.putAll(FlinkSettings.read(site.data()));
        Path conf = site.folder(Server.FLINK).resolve("client").resolve(flink.getHost() + "-" + port);
        Files.createDirectories(conf);
        Files.writeString(conf.resolve("config.yaml"), FlinkConfiguration.yaml(all));
        return conf;
    }
}

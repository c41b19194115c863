package io.millrace.local.server;

import io.millrace.local.Addresses;
import io.millrace.local.Port;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import io.millrace.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Kafka in KRaft mode: broker and controller in one process. */
final class KafkaServer implements ServerProcess {

    private static final String CLUSTER_ID = "bWlsbHJhY2UtbG9jYWwwMA";

    /** As long as the start may take: all servers may begin at the same time, on a slow machine. */
    private static final Duration PREPARE_DEADLINE = Duration.ofMinutes(3);

    private final Site site;

    KafkaServer(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return Server.KAFKA.label();
    }

    @Override
    public Server server() {
        return Server.KAFKA;
    }

    @Override
    public List<Port> ports() {
        return List.of(Port.KAFKA, Port.KAFKA_CONTROLLER);
    }

    @Override
    public void prepare(StartListener listener) throws IOException, InterruptedException {
        Path conf = site.write(Server.KAFKA, "server.properties", properties());
        if (!Files.exists(logs().resolve("meta.properties"))) {
            Launch format = launch(new JavaCommand(site, Server.KAFKA)
                    .option("-Xmx128m", "-XX:TieredStopAtLevel=1")
                    .main("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", conf.toString()));
            site.launcher().run(format, PREPARE_DEADLINE);
        }
    }

    @Override
    public Launch launch() {
        return launch(new JavaCommand(site, Server.KAFKA)
                .option("-Xms256m", "-Xmx512m", JavaCommand.COLLECT_BESIDE, "-XX:MaxMetaspaceSize=160m")
                .main("kafka.Kafka", conf().toString()));
    }

    @Override
    public boolean answers() throws IOException {
        return Probe.kafka(site.port(Port.KAFKA));
    }

    private Launch launch(List<String> command) {
        return site.launch(Server.KAFKA, name(), command);
    }

    private Path conf() {
        return site.folder(Server.KAFKA).resolve("conf").resolve("server.properties");
    }

    private Path logs() {
        return site.folder(Server.KAFKA).resolve("data");
    }

    private String properties() {
        String controller = Addresses.HOST + ":" + site.port(Port.KAFKA_CONTROLLER);
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@%1$s
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://%2$s,CONTROLLER://%1$s
                advertised.listeners=PLAINTEXT://%2$s
                log.dirs=%3$s
                # a topic is created on purpose, with the partitions it is meant to have
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                num.io.threads=4
                num.network.threads=2
                # taken from the heap at once
                log.cleaner.dedupe.buffer.size=16777216
                """.formatted(controller, site.addresses().kafkaBootstrap(), logs());
    }
}

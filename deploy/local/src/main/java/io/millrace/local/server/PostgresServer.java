package io.millrace.local.server;

import io.millrace.local.Addresses;
import io.millrace.local.DataFolder;
import io.millrace.local.Port;
import io.millrace.local.Server;
import io.millrace.local.StartListener;
import io.millrace.local.process.Launch;
import io.millrace.local.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** Postgres with logical decoding. */
final class PostgresServer implements ServerProcess {

    /** As long as the start may take: all servers may begin at the same time, on a slow machine. */
    private static final Duration PREPARE_DEADLINE = Duration.ofMinutes(3);

    private final Site site;

    PostgresServer(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return Server.POSTGRES.label();
    }

    @Override
    public Server server() {
        return Server.POSTGRES;
    }

    @Override
    public List<Port> ports() {
        return List.of(Port.POSTGRES);
    }

    @Override
    public void prepare(StartListener listener) throws IOException, InterruptedException {
        PostgresBinary.path("postgres");
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialize();
        }
        Files.writeString(data().resolve("millrace.conf"), settings());
        Path main = data().resolve("postgresql.conf");
        String include = "include 'millrace.conf'";
        if (!Files.readString(main).contains(include)) {
            Files.writeString(main, "\n" + include + "\n", StandardOpenOption.APPEND);
        }
    }

    @Override
    public Launch launch() throws IOException, InterruptedException {
        return launch(List.of(PostgresBinary.path("postgres").toString(), "-D", data().toString()));
    }

    @Override
    public boolean answers() throws IOException {
        return Probe.postgres(site.port(Port.POSTGRES), site.addresses().postgresUser());
    }

    /** Ends open sessions and waits for nobody. */
    @Override
    public Signal stopSignal() {
        return Signal.INT;
    }

    private Launch launch(List<String> command) {
        return site.launch(Server.POSTGRES, name(), Unprivileged.command(command));
    }

    /** Under another name first: what is killed half-way is not taken for a database at the next start. */
    private void initialize() throws IOException, InterruptedException {
        Path part = data().resolveSibling("data.part");
        DataFolder.deleteTree(part);
        site.launcher().run(launch(initdb(part)), PREPARE_DEADLINE);
        Files.move(part, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> initdb(Path folder) throws IOException, InterruptedException {
        return List.of(
                PostgresBinary.path("initdb").toString(),
                "-D",
                folder.toString(),
                "-U",
                site.addresses().postgresUser(),
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-sync");
    }

    private Path data() {
        return site.folder(Server.POSTGRES).resolve("data");
    }

    private String settings() {
        return """
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                wal_level = logical
                max_wal_senders = 20
                max_replication_slots = 20
                max_connections = 100
                shared_buffers = 128MB
                timezone = 'UTC'
                log_timezone = 'UTC'
                """.formatted(Addresses.HOST, site.port(Port.POSTGRES));
    }
}

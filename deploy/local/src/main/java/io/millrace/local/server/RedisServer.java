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

/** Redis, with every write in its append-only file. */
final class RedisServer implements ServerProcess {

    private final Site site;

    RedisServer(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return Server.REDIS.label();
    }

    @Override
    public Server server() {
        return Server.REDIS;
    }

    @Override
    public List<Port> ports() {
        return List.of(Port.REDIS);
    }

    @Override
    public void prepare(StartListener listener) throws IOException, InterruptedException {
        RedisBinary.path();
        Files.createDirectories(dir());
        site.write(Server.REDIS, "redis.conf", """
                bind %s
                port %d
                dir "%s"
                daemonize no
                protected-mode yes
                # a title is written over the environment, by which a lost process is found
                set-proc-title no
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory 256mb
                maxmemory-policy noeviction
                """.formatted(Addresses.HOST, site.port(Port.REDIS), dir()));
    }

    @Override
    public Launch launch() throws IOException, InterruptedException {
        Path conf = site.folder(Server.REDIS).resolve("conf").resolve("redis.conf");
        return site.launch(Server.REDIS, name(), List.of(RedisBinary.path().toString(), conf.toString()));
    }

    @Override
    public boolean answers() throws IOException {
        return Probe.redis(site.port(Port.REDIS));
    }

    private Path dir() {
        return site.folder(Server.REDIS).resolve("data");
    }
}

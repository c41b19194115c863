package io.millrace.local;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Starts servers and then waits to be killed. */
public final class StartCommand {

    private StartCommand() {}

    /** Takes the data folder and the servers' names. */
    public static void main(String[] arguments) throws InterruptedException {
        Set<Server> servers =
                Arrays.stream(arguments[1].split(",", -1)).map(Server::valueOf).collect(Collectors.toSet());
        System.out.println("starting");
        LocalServers.in(new DataFolder(Path.of(arguments[0]))).start(servers, Ports.free(), StartListener.SILENT);
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}

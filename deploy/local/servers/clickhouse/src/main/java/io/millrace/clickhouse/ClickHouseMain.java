package io.millrace.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * ClickHouse with its own HTTP interface, from the library that holds the whole server: {@code clickhouse local} is told
 * to listen and then runs a query that never ends.
 */
public final class ClickHouseMain {

    private static final String ENDLESS =
            "SELECT sleepEachRow(1) FROM system.numbers SETTINGS max_block_size = 1 FORMAT Null";

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

    private ClickHouseMain() {}

    /**
     * Starts ClickHouse and returns when it is told to end.
     *
     * @param arguments the library, the configuration file, the data folder, the HTTP port
     */
    public static void main(String[] arguments) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(arguments[3], ended), "stop-clickhouse"));
        run(arguments[0], new String[] {
            "clickhouse",
            "--config-file=" + arguments[1],
            "--path=" + arguments[2],
            "--log-level=information",
            "--query",
            "SYSTEM START LISTEN HTTP; " + ENDLESS
        });
        ended.countDown();
    }

    private static void run(String library, String[] commandLine) {
        NativeLibrary chdb = NativeLibrary.getInstance(library);
        // signals are Java's
        chdb.getFunction("chdb_set_signal_handlers_enabled").invoke(Void.class, new Object[] {0});
        chdb.getFunction("chdb_query_cmdline").invoke(Pointer.class, new Object[] {commandLine.length, commandLine});
    }

    /** Ends the endless query, upon which ClickHouse closes its tables. */
    private static void stop(String port, CountDownLatch ended) {
        try {
            kill(port);
            if (!ended.await(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("ClickHouse did not end within " + STOP_DEADLINE.toSeconds() + " s");
            }
        } catch (IOException e) {
            System.err.println("ClickHouse did not listen any more: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // the library's own exit handlers do not survive a Java process
            Runtime.getRuntime().halt(0);
        }
    }

    private static void kill(String port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port).toURL().openConnection();
        connection.setConnectTimeout((int) STOP_DEADLINE.toMillis());
        connection.setReadTimeout((int) STOP_DEADLINE.toMillis());
        // ClickHouse waits for connections that stay open
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("X-ClickHouse-User", "default");
        connection.setDoOutput(true);
        connection.getOutputStream().write(("KILL QUERY WHERE query = '" + ENDLESS + "'").getBytes(UTF_8));
        connection.getInputStream().readAllBytes();
        connection.disconnect();
    }
}

package io.millrace.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.local.StartListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumableDownloadTest {

    private static final int SIZE = 3_000_000;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private final List<Integer> starts = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Path file;

    /** How many answers are cut off in their middle. */
    private int cuts;

    private boolean ranges = true;

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(content);
        file = folder.resolve("file.part");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesTheWholeFileAndTellsHowLargeItIs() throws IOException {
        List<Long> totals = new CopyOnWriteArrayList<>();
        download("/file", new StartListener() {
            @Override
            public void downloading(String what, long bytes, long total) {
                totals.add(total);
            }
        });

        assertThat(file).hasBinaryContent(content);
        assertThat(totals).isNotEmpty().containsOnly((long) SIZE);
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        cuts = 2;

        download("/file", StartListener.SILENT);

        assertThat(file).hasBinaryContent(content);
        assertThat(starts).hasSize(3).first().isEqualTo(0);
        assertThat(starts.get(1)).isPositive();
        assertThat(starts.get(2)).isGreaterThan(starts.get(1));
    }

    @Test
    void goesOnWhereAnEarlierProcessEnded() throws IOException {
        Files.write(file, Arrays.copyOf(content, 1_000_000));

        download("/file", StartListener.SILENT);

        assertThat(file).hasBinaryContent(content);
        assertThat(starts).containsExactly(1_000_000);
    }

    @Test
    void beginsAnewWhenTheServerKnowsNoRanges() throws IOException {
        ranges = false;
        Files.write(file, new byte[1_000_000]);

        download("/file", StartListener.SILENT);

        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void leavesAFileAsItIsWhenNothingIsMissing() throws IOException {
        Files.write(file, content);

        download("/file", StartListener.SILENT);

        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void givesUpAtOnceWhenTheServerRefuses() {
        assertThatThrownBy(() -> download("/nothing", StartListener.SILENT)).hasMessageContaining("404");
    }

    @Test
    void givesUpWhenTheConnectionBreaksAgainAndAgainAndKeepsWhatCame() {
        cuts = Integer.MAX_VALUE;

        assertThatThrownBy(() -> download("/file", StartListener.SILENT)).isInstanceOf(IOException.class);
        assertThat(file).isNotEmptyFile();
    }

    private void download(String path, StartListener listener) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        new ResumableDownload(uri, "a file", listener).to(file);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        starts.add(from);
        if (from == SIZE) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, SIZE - from);
        int length = cuts-- > 0 ? (SIZE - from) / 2 : SIZE - from;
        exchange.getResponseBody().write(content, from, length);
        exchange.getResponseBody().flush();
        exchange.close();
    }
}

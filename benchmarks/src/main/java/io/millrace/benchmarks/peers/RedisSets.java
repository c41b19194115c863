package io.millrace.benchmarks.peers;

import io.millrace.benchmarks.workload.BenchRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Raw pipelined {@code SET}s. */
final class RedisSets implements Canned {

    private static final int BATCH = 500;
    private static final int BUFFER = 1 << 16;

    private String prefix = "";

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void encode(BenchRow row, ByteArrayOutputStream request) {
        prefix = prefix.isEmpty() ? new Settings().get(Settings.TABLE) + ":" : prefix;
        request.writeBytes("*3\r\n$3\r\nSET\r\n".getBytes(StandardCharsets.US_ASCII));
        argument(prefix + row.id(), request);
        argument(row.json().toString(), request);
    }

    private static void argument(String text, ByteArrayOutputStream request) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        request.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(bytes);
        request.write('\r');
        request.write('\n');
    }

    @Override
    @SuppressWarnings("resource") // lives as long as the process
    public Sender connect(Settings settings) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.number(Settings.REDIS_PORT));
        socket.setTcpNoDelay(true);
        byte[] buffer = new byte[BUFFER];
        return (request, rows) -> {
            socket.getOutputStream().write(request);
            awaitAnswers(socket.getInputStream(), buffer, rows);
        };
    }

    private static void awaitAnswers(InputStream in, byte[] buffer, int rows) throws IOException {
        int answered = 0;
        while (answered < rows) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("Redis closed the connection");
            }
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '-') {
                    throw new IOException("Redis refused a SET");
                }
                answered += buffer[i] == '\n' ? 1 : 0;
            }
        }
    }
}

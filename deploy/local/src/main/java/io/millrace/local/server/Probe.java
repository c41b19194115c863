package io.millrace.local.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server one cheap question of its own protocol. */
final class Probe {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int POSTGRES_PROTOCOL_3 = 196_608;
    private static final int API_VERSIONS = 18;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private Probe() {}

    /** Returns the body of a GET answered with 200. */
    static String get(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(url + " answers " + response.statusCode());
        }
        return response.body();
    }

    /** Returns whether Redis answers PING; it does not while it loads its data. */
    static boolean redis(int port) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(5);
            return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
        }
    }

    /** Returns whether Postgres lets its superuser in; it refuses everybody while it recovers. */
    static boolean postgres(int port, String user) throws IOException {
        try (Socket socket = connect(port)) {
            byte[] parameters = ("user\0" + user + "\0database\0postgres\0\0").getBytes(StandardCharsets.US_ASCII);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(parameters.length + 8);
            out.writeInt(POSTGRES_PROTOCOL_3);
            out.write(parameters);
            out.flush();
            boolean welcome = socket.getInputStream().read() == 'R';
            out.writeByte('X');
            out.writeInt(4);
            return welcome;
        }
    }

    /** Returns whether the Kafka broker tells which requests it knows. */
    static boolean kafka(int port) throws IOException {
        try (Socket socket = connect(port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(10);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(1);
            out.writeShort(-1);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            int correlation = in.readInt();
            int error = in.readShort();
            return length > 0 && correlation == 1 && error == 0;
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }
}

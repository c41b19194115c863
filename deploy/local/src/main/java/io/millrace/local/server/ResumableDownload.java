package io.millrace.local.server;

import io.millrace.local.StartListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Fetches a file over HTTP and goes on where an earlier attempt, of this process or another, was cut off. */
final class ResumableDownload {

    private static final int ATTEMPTS = 5;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final long REPORT_EVERY = 1 << 20;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI from;
    private final String what;
    private final StartListener listener;

    ResumableDownload(URI from, String what, StartListener listener) {
        this.from = from;
        this.what = what;
        this.listener = listener;
    }

    /**
     * Returns when the file is as long as the server says it is.
     *
     * @throws IOException if the server refuses, or the connection breaks again and again; what came stays
     */
    void to(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(file);
                return;
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                listener.note("The download of " + what + " was cut off (" + e.getMessage() + "); it goes on");
            }
        }
    }

    private void attempt(Path file) throws IOException {
        long have = Files.exists(file) ? Files.size(file) : 0;
        HttpURLConnection connection = (HttpURLConnection) from.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
        }
        try {
            switch (connection.getResponseCode()) {
                case HttpURLConnection.HTTP_PARTIAL -> receive(connection, file, have);
                case HttpURLConnection.HTTP_OK -> receive(connection, file, 0);
                // nothing is left to send: the checksum will tell whether it is the right file
                case RANGE_NOT_SATISFIABLE -> listener.downloading(what, have, have);
                default -> throw new RefusedException("the server answers " + connection.getResponseCode());
            }
        } finally {
            connection.disconnect();
        }
    }

    private void receive(HttpURLConnection connection, Path file, long from) throws IOException {
        long length = connection.getContentLengthLong();
        long total = length < 0 ? 0 : from + length;
        long size = from;
        listener.downloading(what, size, total);
        try (InputStream body = connection.getInputStream();
                OutputStream out = from > 0
                        ? Files.newOutputStream(file, StandardOpenOption.APPEND)
                        : Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long reported = from;
            int read;
            while ((read = body.read(buffer)) >= 0) {
                out.write(buffer, 0, read);
                size += read;
                if (size - reported >= REPORT_EVERY) {
                    listener.downloading(what, size, total);
                    reported = size;
                }
            }
        }
        if (total > 0 && size < total) {
            throw new IOException(size + " of " + total + " bytes came");
        }
        listener.downloading(what, size, total);
    }

    /** The server answered, and trying again would not change the answer. */
    private static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}

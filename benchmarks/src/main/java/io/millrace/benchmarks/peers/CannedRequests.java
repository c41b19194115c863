package io.millrace.benchmarks.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** The limit of a target: requests lie ready in a file, and as many connections as our job has send them. */
final class CannedRequests implements Peer {

    private final Canned canned;
    private final List<Request> requests = new ArrayList<>();
    private final List<Canned.Sender> senders = new ArrayList<>();
    private Path file = Path.of("");

    /** Where a request lies in the file, and how many rows it holds. */
    private record Request(long at, int length, int rows) {}

    CannedRequests(Canned canned) {
        this.canned = canned;
    }

    @Override
    public void prepare(Settings settings) throws SQLException, IOException {
        file = Path.of(settings.get(Settings.FOLDER), "canned");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(0);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int[] rows = {0};
            settings.table().each(row -> {
                try {
                    canned.encode(row, body);
                    if (++rows[0] == canned.batch()) {
                        append(out, body, rows[0]);
                        rows[0] = 0;
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            append(out, body, rows[0]);
        }
        for (int i = 0; i < settings.number(Settings.THREADS); i++) {
            senders.add(canned.connect(settings));
        }
    }

    private void append(RandomAccessFile out, ByteArrayOutputStream body, int rows) throws IOException {
        if (rows > 0) {
            requests.add(new Request(out.length(), body.size(), rows));
            out.seek(out.length());
            out.write(body.toByteArray());
            body.reset();
        }
    }

    @Override
    public void run(LongConsumer progress) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(senders.size());
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < senders.size(); i++) {
            int first = i;
            ends.add(pool.submit(() -> {
                send(first);
                return null;
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    private void send(int first) throws IOException, InterruptedException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            for (int i = first; i < requests.size(); i += senders.size()) {
                Request request = requests.get(i);
                byte[] bytes = new byte[request.length()];
                in.seek(request.at());
                in.readFully(bytes);
                senders.get(first).send(bytes, request.rows());
            }
        }
    }
}

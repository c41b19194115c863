package io.millrace.recordings.engine;

import io.debezium.embedded.Connect;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Runs one engine over one database, and writes down in both dresses what it says. */
final class Recording implements AutoCloseable {

    private static final int SNAPSHOT_ROWS = 8;
    private static final int PATIENCE_SECONDS = 60;

    /** They come as time passes; more tell nothing more. */
    private static final int MOST_HEARTBEATS = 3;

    private final Dress wrapped;
    private final Dress bare;
    private final CountDownLatch snapshot = new CountDownLatch(SNAPSHOT_ROWS);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int heartbeats;
    private boolean lastRow;

    /** Records into {@code <name>-wrapped.jsonl} and {@code <name>-bare.jsonl}. */
    Recording(Path folder, String name) throws IOException {
        wrapped = new Dress(folder.resolve(name + "-wrapped.jsonl"), true);
        bare = new Dress(folder.resolve(name + "-bare.jsonl"), false);
    }

    void run(Database database, Properties properties)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        DebeziumEngine<RecordChangeEvent<SourceRecord>> engine = DebeziumEngine.create(
                        ChangeEventFormat.of(Connect.class))
                .using(properties)
                .notifying(event -> take(event.record()))
                .using((success, message, error) -> end(success, message, error))
                .build();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        thread.execute(engine);
        try {
            if (!snapshot.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(snapshot.getCount() + " rows of the snapshot are missing");
            }
            database.play();
            ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the last change did not come", e);
        } finally {
            if (!ended.isCompletedExceptionally()) {
                engine.close();
            }
            thread.shutdown();
        }
    }

    private void end(boolean success, String message, @Nullable Throwable error) {
        if (!success) {
            ended.completeExceptionally(new IOException(message, error));
        }
    }

    private synchronized void take(SourceRecord record) {
        if (ended.isDone() || isOneHeartbeatTooMany(record)) {
            return;
        }
        try {
            wrapped.write(record);
            bare.write(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!(record.value() instanceof Struct value)) {
            return;
        }
        if (value.schema().field("op") != null && "r".equals(value.getString("op"))) {
            snapshot.countDown();
        }
        lastRow |= value.toString().contains(Database.LAST);
        if (lastRow && record.topic().endsWith(".transaction")) {
            ended.complete(null);
        }
    }

    private boolean isOneHeartbeatTooMany(SourceRecord record) {
        return record.topic().startsWith("__debezium-heartbeat") && ++heartbeats > MOST_HEARTBEATS;
    }

    @Override
    public void close() throws IOException {
        wrapped.close();
        bare.close();
    }
}

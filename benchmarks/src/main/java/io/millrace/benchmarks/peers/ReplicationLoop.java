package io.millrace.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/** Reads a slot with Postgres' own driver, looks at the kind of each message, and throws it away. */
final class ReplicationLoop implements Peer {

    private static final int STEP = 1_000;
    private static final int STATUS_SECONDS = 3;

    private final Settings settings = new Settings();
    private @Nullable Connection connection;
    private int relation = -1;
    private long changes;

    @Override
    public void prepare(Settings unused) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, settings.get(Settings.USER));
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "10");
        connection = DriverManager.getConnection(settings.get(Settings.POSTGRES), properties);
    }

    @Override
    public void run(LongConsumer progress) throws SQLException {
        PGReplicationStream stream = Objects.requireNonNull(connection)
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(settings.get(Settings.SLOT))
                .withSlotOption("proto_version", "1")
                .withSlotOption("publication_names", settings.get(Settings.PUBLICATION))
                .withStatusInterval(STATUS_SECONDS, TimeUnit.SECONDS)
                .start();
        long total = settings.number(Settings.RECORDS);
        while (changes < total) {
            if (isChange(stream.read()) && (++changes % STEP == 0 || changes == total)) {
                progress.accept(changes);
            }
        }
    }

    private boolean isChange(ByteBuffer message) {
        byte kind = message.get();
        if (kind == 'R') {
            learn(message);
        }
        return (kind == 'I' || kind == 'U' || kind == 'D') && message.getInt() == relation;
    }

    /** A relation is its id, its schema and its name, each text ended by a zero. */
    private void learn(ByteBuffer message) {
        int id = message.getInt();
        text(message);
        if (text(message).equals(settings.get(Settings.TABLE))) {
            relation = id;
        }
    }

    private static String text(ByteBuffer message) {
        StringBuilder text = new StringBuilder();
        for (byte next = message.get(); next != 0; next = message.get()) {
            text.append(new String(new byte[] {next}, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}

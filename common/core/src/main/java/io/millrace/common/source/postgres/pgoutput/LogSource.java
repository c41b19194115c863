package io.millrace.common.source.postgres.pgoutput;

import io.debezium.connector.postgresql.Module;
import io.debezium.relational.TableId;
import io.millrace.common.source.postgres.RowJson;
import java.nio.charset.StandardCharsets;

/** Writes Debezium's {@code source} object for the changes of one table. */
final class LogSource {

    private static final byte[] NO_COMMIT = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QUOTE = "\\\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] beforeTime;
    private final byte[] beforeSequence;
    private final byte[] beforeTransaction;
    private final JsonBytes json = new JsonBytes();

    LogSource(String serverName, String database, TableId table) {
        beforeTime = utf8("{\"version\":" + text(Module.version()) + ",\"connector\":" + text(Module.name())
                + ",\"name\":" + text(serverName) + ",\"ts_ms\":");
        beforeSequence = utf8(",\"snapshot\":\"false\",\"db\":" + text(database) + ",\"sequence\":\"[");
        beforeTransaction =
                utf8("]\",\"schema\":" + text(table.schema()) + ",\"table\":" + text(table.table()) + ",\"txId\":");
    }

    byte[] at(Transaction transaction, long lsn) {
        json.clear().raw(beforeTime).number(transaction.commitTime()).raw(beforeSequence);
        if (transaction.previousCommit() == StreamedChange.UNKNOWN) {
            json.raw(NO_COMMIT);
        } else {
            json.raw(QUOTE).number(transaction.previousCommit()).raw(QUOTE);
        }
        json.raw(',').raw(QUOTE).number(lsn).raw(QUOTE).raw(beforeTransaction);
        return json.number(transaction.number())
                .raw(",\"lsn\":")
                .number(lsn)
                .raw(",\"xmin\":null}")
                .toBytes();
    }

    private static String text(String value) {
        return '"' + RowJson.escaped(value) + '"';
    }

    private static byte[] utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}

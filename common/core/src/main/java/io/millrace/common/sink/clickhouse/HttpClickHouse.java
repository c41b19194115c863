package io.millrace.common.sink.clickhouse;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.common.config.Secret;
import io.millrace.common.sink.clickhouse.ClickHouseConfig.Connection;
import io.millrace.common.sink.clickhouse.type.RowBinary;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;

/** ClickHouse over HTTP, by its own client. Nothing is tried twice here. */
final class HttpClickHouse implements ClickHouseClient {

    /** A statement that goes through a whole table says nothing before its end. */
    private static final Duration LONGEST_STATEMENT = Duration.ofHours(2);

    private final Client client;
    private final Client patient;
    private final String url;

    private interface Request<T> {
        T send() throws ExecutionException, InterruptedException;
    }

    /**
     * Connects when it is first needed.
     *
     * @throws IllegalArgumentException if the address is none
     */
    HttpClickHouse(Connection connection, int mostRequests) {
        this.url = connection.url();
        this.client = client(connection, mostRequests, connection.requestTimeout());
        this.patient = client(connection, 1, LONGEST_STATEMENT);
    }

    private static Client client(Connection connection, int mostRequests, Duration timeout) {
        Secret password = connection.password();
        Client.Builder builder = new Client.Builder()
                .addEndpoint(connection.url())
                .setUsername(connection.username())
                .setPassword(password == null ? "" : password.reveal())
                .setClientName("millrace")
                .setMaxRetries(0)
                .setMaxConnections(mostRequests + 1)
                .setConnectTimeout(connection.requestTimeout().toMillis())
                .setConnectionRequestTimeout(connection.requestTimeout().toMillis(), ChronoUnit.MILLIS)
                .setSocketTimeout(timeout.toMillis())
                .compressClientRequest(connection.compression() == Compression.LZ4)
                .compressServerResponse(false)
                // a batch is written when it is answered for, and is one part
                .serverSetting("async_insert", "0")
                // of old events or rows a batch may hold many; refused, it would come again for ever
                .serverSetting("max_partitions_per_insert_block", "0")
                .serverSetting("wait_end_of_query", "1");
        if (connection.caCertificate() != null) {
            builder.setRootCertificate(connection.caCertificate());
        }
        return builder.build();
    }

    @Override
    public List<Map<String, String>> query(String sql) throws AnswerException {
        return ask(() -> client.queryAll(sql)).stream()
                .map(HttpClickHouse::texts)
                .toList();
    }

    private static Map<String, String> texts(GenericRecord row) {
        Map<String, String> texts = new HashMap<>();
        row.getValues().forEach((column, value) -> texts.put(column, String.valueOf(value)));
        return texts;
    }

    @Override
    public void execute(String sql) throws AnswerException {
        IOUtils.closeQuietly(ask(() -> client.execute(sql).get()));
    }

    @Override
    public void executePatiently(String sql) throws AnswerException {
        IOUtils.closeQuietly(ask(() -> patient.execute(sql).get()));
    }

    @Override
    public void insert(String table, List<String> columns, RowBinary rows) throws AnswerException {
        IOUtils.closeQuietly(ask(() -> client.insert(
                        table,
                        columns,
                        rows::writeTo,
                        ClickHouseFormat.RowBinaryWithNamesAndTypes,
                        new InsertSettings())
                .get()));
    }

    private <T> T ask(Request<T> request) throws AnswerException {
        try {
            return request.send();
        } catch (ExecutionException | CompletionException | ClickHouseException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AnswerException.silent(url, e);
        }
    }

    private AnswerException failure(Throwable error) {
        return ExceptionUtils.findThrowable(error, ServerException.class)
                .filter(answer -> answer.getCode() > 0)
                .map(answer -> AnswerException.answered(url, answer.getCode(), String.valueOf(answer.getMessage())))
                .orElseGet(() -> AnswerException.silent(url, error));
    }

    @Override
    public void close() {
        client.close();
        patient.close();
    }
}

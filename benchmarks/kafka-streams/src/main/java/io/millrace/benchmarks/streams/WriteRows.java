package io.millrace.benchmarks.streams;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Inserts rows into ClickHouse every second, or when there are many. */
final class WriteRows implements Processor<Windowed<String>, Count, Void, Void> {

    private static final int ROWS = 20_000;
    private static final String INSERT = "INSERT INTO millrace.page_views_5min"
            + " (window_start, page_url, view_count, visitors, late_count, _version, _is_deleted) FORMAT JSONEachRow";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final StringBuilder body = new StringBuilder();
    private int rows;

    WriteRows(String clickhouse) {
        address = URI.create(clickhouse + "/?user=default&query=" + URLEncoder.encode(INSERT, StandardCharsets.UTF_8));
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> flush());
    }

    @Override
    public void process(Record<Windowed<String>, Count> row) {
        body.append("{\"window_start\":")
                .append(row.key().window().start())
                .append(",\"page_url\":\"")
                .append(row.key().key())
                .append("\",\"view_count\":")
                .append(row.value().views())
                .append(",\"visitors\":")
                .append(row.value().visitors())
                .append(",\"late_count\":0,\"_version\":")
                .append(row.value().views())
                .append(",\"_is_deleted\":0}\n");
        if (++rows >= ROWS) {
            flush();
        }
    }

    private void flush() {
        if (rows == 0) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("ClickHouse does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        body.setLength(0);
        rows = 0;
    }

    @Override
    public void close() {
        flush();
    }
}

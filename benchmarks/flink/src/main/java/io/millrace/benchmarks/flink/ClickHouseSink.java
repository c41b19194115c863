package io.millrace.benchmarks.flink;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Inserts rows, each a line of JSON, over HTTP. At least once.
 *
 * @param url of ClickHouse
 * @param into the table with its columns
 */
record ClickHouseSink(String url, String into) implements Sink<String> {

    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("deprecation") // abstract in Flink 1.20 all the same
    public SinkWriter<String> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 makes a writer from a WriterInitContext");
    }

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
        String insert = "INSERT INTO millrace." + into + " FORMAT JSONEachRow";
        URI address = URI.create(url + "/?user=default&query=" + URLEncoder.encode(insert, StandardCharsets.UTF_8));
        return new Rows(context.getProcessingTimeService(), address);
    }

    private static final class Rows extends Batch<String> {

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final StringBuilder body = new StringBuilder();
        private final URI address;

        Rows(ProcessingTimeService time, URI address) {
            super(time);
            this.address = address;
        }

        @Override
        void take(String row) {
            body.append(row).append('\n');
        }

        @Override
        void send() throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
            body.setLength(0);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}

package io.millrace.shop.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks ClickHouse over HTTP. */
public final class ClickHouseHttp {

    private static final String SETTINGS = "wait_end_of_query=1&date_time_output_format=iso"
            + "&output_format_json_quote_64bit_integers=0&output_format_json_quote_denormals=1"
            + "&output_format_json_quote_decimals=0";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI url;

    public ClickHouseHttp(String url) {
        this.url = URI.create(url + "/?user=default&" + SETTINGS);
    }

    /** Gives each row of a result. */
    public void rows(String query, Consumer<ObjectNode> rows) {
        send(query + " FORMAT JSONEachRow").lines().forEach(line -> rows.accept((ObjectNode) Json.parse(line)));
    }

    /** Returns the answer to a statement. */
    public String send(String sql) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new TargetException("ClickHouse answered " + sql + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new TargetException("ClickHouse cannot be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while reading ClickHouse", e);
        }
    }
}

package io.millrace.archive.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.SampleEntries;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real ClickHouse reads each value of a file. */
@WithServers(Server.CLICKHOUSE)
class ClickHouseReadsIT {

    private static final String TABLE = "CREATE OR REPLACE TABLE default.audit_file (partition Int32, offset Int64,"
            + " timestamp DateTime64(3, 'UTC'), event_time Nullable(DateTime64(3, 'UTC')), kind String,"
            + " event_id Nullable(String), event_type Nullable(String), user_id Nullable(String),"
            + " accessed_by Nullable(String), resource_id Nullable(String), metadata Nullable(String),"
            + " key Nullable(String), headers String, value Nullable(String), previous_hash FixedString(32),"
            + " hash FixedString(32), row_hash FixedString(32)) ENGINE = Memory";
    private static final String SELECT = "SELECT concat_ws('|', partition, offset, toUnixTimestamp64Milli(timestamp),"
            + " ifNull(toString(toUnixTimestamp64Milli(event_time)), '-'), kind, ifNull(event_id, '-'),"
            + " ifNull(event_type, '-'), ifNull(user_id, '-'), ifNull(accessed_by, '-'), ifNull(resource_id, '-'),"
            + " ifNull(metadata, '-'), ifNull(lower(hex(key)), '-'), lower(hex(headers)), ifNull(lower(hex(value)), '-'),"
            + " lower(hex(previous_hash)), lower(hex(hash)), lower(hex(row_hash)))"
            + " FROM default.audit_file ORDER BY offset FORMAT TSVRaw";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    ClickHouseReadsIT(Addresses addresses) {
        this.url = addresses.clickhouseUrl() + "/?user=default&query=";
    }

    private String send(String query, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void readsEveryValue(@TempDir Path root) throws Exception {
        SampleArchive archive = new SampleArchive(root);
        List<Entry> entries = new SampleEntries(SampleArchive.chain(1), 7).next(SampleArchive.MONDAY, 500);
        SealedFile file = archive.write(1, SampleArchive.MONDAY, entries);

        send(TABLE, new byte[0]);
        send("INSERT INTO default.audit_file FORMAT Parquet", archive.bytes(file.name()));

        assertThat(send(SELECT, new byte[0]).lines())
                .containsExactlyElementsOf(
                        entries.stream().map(ClickHouseReadsIT::line).toList());
        assertThat(send("SELECT count() FROM default.audit_file WHERE timestamp >= '2026-03-02 00:08:00'", new byte[0]))
                .isEqualTo("20\n");
    }

    private static String line(Entry entry) {
        Fields fields = entry.fields();
        return String.join(
                "|",
                "1",
                Long.toString(entry.offset()),
                Long.toString(entry.timestamp()),
                text(fields.eventTime()),
                fields.kind().text(),
                text(fields.eventId()),
                text(fields.eventType()),
                text(fields.userId()),
                text(fields.accessedBy()),
                text(fields.resourceId()),
                text(fields.metadata()),
                hex(entry.content().key()),
                hex(entry.content().headers()),
                hex(entry.content().value()),
                entry.previousHash().toString(),
                entry.hash().toString(),
                entry.rowHash().toString());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String hex(byte @Nullable [] value) {
        return value == null ? "-" : HexFormat.of().formatHex(value);
    }
}

package io.millrace.benchmarks.peers;

import io.millrace.benchmarks.workload.BenchRow;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Inserts in ClickHouse's {@code RowBinary}, the table's columns in order. */
final class RowBinaryInserts implements Canned {

    private static final int BATCH = 50_000;

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void encode(BenchRow row, ByteArrayOutputStream request) {
        ByteBuffer numbers = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putLong(row.id()).putLong(row.customer()).putInt(row.quantity()).putLong(row.cents());
        numbers.putDouble(row.score()).put((byte) (row.active() ? 1 : 0));
        request.write(numbers.array(), 0, numbers.position());
        text(row.status(), request);
        text(row.email(), request);
        text(row.note(), request);
        numbers.clear().putLong(row.placed()).putLong(row.id()).put((byte) 0);
        request.write(numbers.array(), 0, numbers.position());
    }

    /** A text is its length, seven bits a byte, and its bytes. */
    private static void text(String text, ByteArrayOutputStream request) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        while (length >= 0x80) {
            request.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        request.write(length);
        request.writeBytes(bytes);
    }

    @Override
    public Sender connect(Settings settings) {
        Http http = new Http();
        String insert = "INSERT INTO bench." + settings.get(Settings.TABLE) + " FORMAT RowBinary";
        URI address = URI.create(settings.get(Settings.CLICKHOUSE) + "/?user=default&query="
                + URLEncoder.encode(insert, StandardCharsets.UTF_8));
        return (request, rows) -> http.post(address, "application/octet-stream", request, request.length);
    }
}

package io.millrace.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.verify.Finding;
import io.millrace.audit.watch.Watched.Sighting;
import io.millrace.common.event.ProducedRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertTest {

    private static final String FILE = "audit/dt=2026-03-02/0-0-2.parquet";
    private static final Wrong CHANGED = Wrong.of(
            new Finding(Finding.Kind.RECORD, 0, 1L, FILE, "its position, timestamp, content or hash was changed"));

    private final Alert alert = new Alert(new SmallArchive(Path.of("/shared/audit")).options(WatchRun.PACE));

    private static Watched watched(Wrong wrong) {
        long since = Instant.parse("2026-03-09T01:00:00Z").toEpochMilli();
        return new Watched(0, new TreeMap<>(), new TreeMap<>(Map.of(wrong.place(), new Sighting(since, true))));
    }

    private static String text(ProducedRecord record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void namesFileAndRecord() {
        ProducedRecord record = alert.of(List.of(CHANGED), watched(CHANGED));

        assertThat(record.topic()).isEqualTo("alerts");
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("test");
        assertThat(text(record))
                .isEqualTo("{\"type\":\"audit-archive-wrong\",\"pipeline\":\"audit\",\"archive\":\"test\","
                        + "\"topic\":\"audit-logs\",\"new\":1,\"wrong\":1,\"findings\":[{\"kind\":\"record\",\"where\":\""
                        + FILE + "\",\"partition\":0,\"offset\":\"1\",\"since\":\"2026-03-09T01:00:00Z\","
                        + "\"what\":\"its position, timestamp, content or hash was changed\"}]}");
    }

    @Test
    void saysThatNothingCouldBeVerified() {
        Wrong away = Wrong.unverified("s3://audit/production", "IOException, away");

        assertThat(text(alert.of(List.of(away), watched(away))))
                .contains("\"type\":\"audit-archive-unverified\"", "\"where\":\"s3://audit/production\"")
                .doesNotContain("\"partition\"", "\"offset\"");
    }

    @Test
    void staysARecordThatKafkaTakesHoweverMuchIsWrong() {
        List<Wrong> many = new ArrayList<>();
        for (int i = 0; i < Watched.MOST; i++) {
            many.add(Wrong.digest(0, "d".repeat(400) + i, "w".repeat(10_000)));
        }
        ProducedRecord record = alert.of(many, watched(CHANGED));

        assertThat(text(record)).contains("\"new\":1000");
        assertThat(record.value()).hasSizeLessThan(200_000);
    }
}

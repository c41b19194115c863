package io.millrace.shop.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrailScriptTest {

    private static final long NOW = Instant.parse("2026-03-01T09:00:00Z").toEpochMilli();
    private static final int MANY = 10_000;

    @Test
    void theSameSeedTellsTheSame() {
        List<String> once = texts(7);

        assertThat(texts(7)).isEqualTo(once);
        assertThat(texts(8)).isNotEqualTo(once);
    }

    @Test
    void tellsOfReadsChangesAndExportsByStaffCustomersAndServices() {
        List<TrailRecord> records = records(7);
        String all = records.stream().map(TrailScriptTest::text).collect(Collectors.joining("\n"));

        assertThat(records.stream().map(TrailRecord::eventType).distinct())
                .contains("DOCUMENT_READ", "PROFILE_CHANGED", "DATA_EXPORTED", "LOGIN", "WISHLIST_READ", "BACKUP_MADE");
        assertThat(all)
                .contains("\"accessedBy\":\"staff-")
                .contains("\"accessedBy\":\"customer-")
                .contains("\"accessedBy\":\"service-backup\"");
        assertThat(records.stream().map(TrailRecord::key).distinct().count()).isGreaterThan(30);
        assertThat(records).anyMatch(record -> record.key() == null);
    }

    /** What is in clear for ever must not say whom it is about. */
    @Test
    void noResourceNamesACustomer() {
        assertThat(records(7).stream().filter(record -> !record.isBroken()).map(TrailScriptTest::text))
                .noneMatch(text -> text.matches(".*\"resourceId\":\"[^\"]*customer.*"));
    }

    @Test
    void aFewAreBrokenInEveryWay() {
        List<TrailRecord> broken =
                records(7).stream().filter(TrailRecord::isBroken).toList();

        assertThat(broken).hasSizeBetween(MANY / 100, MANY / 25);
        assertThat(broken).anyMatch(record -> record.value() == null);
        assertThat(broken.stream().map(TrailRecord::value).filter(Objects::nonNull))
                .anyMatch(value -> value.length > 256 * 1024)
                .anyMatch(value -> value.length == 0);
        assertThat(broken).allMatch(record -> record.key() != null);
    }

    private static List<String> texts(long seed) {
        return records(seed).stream()
                .map(record -> record.key() + record.correlationId() + text(record))
                .toList();
    }

    private static String text(TrailRecord record) {
        byte[] value = record.value();
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }

    private static List<TrailRecord> records(long seed) {
        TrailScript script = new TrailScript(new TrailOptions(seed, LocalDate.of(2026, 3, 1), 0, 0, 40, 60));
        List<TrailRecord> records = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            records.add(script.next(NOW + i));
        }
        return records;
    }
}

package io.millrace.archive.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of records has one name, and a name is that of one file. */
class FileNameTest {

    @Test
    void isReadAsItWasWritten() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long first = random.nextLong(1_000_000_000_000_000_000L);
            FileName name = new FileName(
                    LocalDate.ofEpochDay(random.nextInt(100_000)), random.nextInt(1_000_000_000), first, first + i);
            if (name.lastOffset() < 1_000_000_000_000_000_000L) {
                assertThat(FileName.of(name.text())).hasValue(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "audit/dt=2026-03-02/0-1-2",
                "audit/dt=2026-03-02/0-1-2.PARQUET",
                "audit/dt=2026-03-02/0-1-2.parquet ",
                "audit/dt=2026-03-02/0-1-2.parquet\n",
                " audit/dt=2026-03-02/0-1-2.parquet",
                "x/audit/dt=2026-03-02/0-1-2.parquet",
                "audit//dt=2026-03-02/0-1-2.parquet",
                "audit/dt=2026-03-02/./0-1-2.parquet",
                "audit/dt=2026-3-2/0-1-2.parquet",
                "audit/dt=2026-02-30/0-1-2.parquet",
                "audit/dt=+2026-03-02/0-1-2.parquet",
                "audit/dt=12026-03-02/0-1-2.parquet",
                "audit/dt=2026-03-02/00-1-2.parquet",
                "audit/dt=2026-03-02/0-01-2.parquet",
                "audit/dt=2026-03-02/0-1-02.parquet",
                "audit/dt=2026-03-02/0--1-2.parquet",
                "audit/dt=2026-03-02/-0-1-2.parquet",
                "audit/dt=2026-03-02/0-1-2-3.parquet",
                "audit/dt=2026-03-02/1000000000-1-2.parquet",
                "audit/dt=2026-03-02/0-1-1000000000000000000.parquet",
                "audit/dt=2026-03-02/0-1-99999999999999999999999.parquet",
                "audit/dt=2026-03-02/٠-١-٢.parquet",
                "audit/dt=2026-03-02/.0-1-2.parquet.inprogress.x"
            })
    void noOtherTextIsAName(String text) {
        assertThat(FileName.of(text)).isEmpty();
    }
}

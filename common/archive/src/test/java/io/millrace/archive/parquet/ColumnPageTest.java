package io.millrace.archive.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One column of a row group, as it is written and as somebody may have written it. */
class ColumnPageTest {

    private static final Column TEXT = Column.optional("user_id", ColumnType.TEXT);
    private static final Column NUMBER = Column.optional("event_time", ColumnType.TIMESTAMP);

    private static byte[] page(int rows, byte[] body) {
        byte[] header = Footer.pageHeader(rows, body.length);
        byte[] page = new byte[header.length + body.length];
        System.arraycopy(header, 0, page, 0, header.length);
        System.arraycopy(body, 0, page, header.length, body.length);
        return page;
    }

    private static byte[] body(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Runs of values and of none, of any lengths: also longer than one byte of a run's length tells. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void isReadAsItWasWrittenWhateverIsMissing(int seed) throws IOException {
        Random random = new Random(seed);
        ColumnBuffer buffer = new ColumnBuffer(TEXT);
        for (int group = 0; group < 3; group++) {
            isReadAsItWasWritten(buffer, random);
            buffer.clear();
        }
    }

    private static void isReadAsItWasWritten(ColumnBuffer buffer, Random random) throws IOException {
        List<@Nullable String> wanted = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            boolean present = random.nextBoolean();
            for (int i = random.nextInt(300); i >= 0; i--) {
                String value = present ? "Zoë-" + random.nextInt(1000) : null;
                wanted.add(value);
                if (value == null) {
                    buffer.addNull();
                } else {
                    buffer.addBytes(value.getBytes(StandardCharsets.UTF_8));
                }
            }
        }

        ByteArrayOutputStream body = new ByteArrayOutputStream();
        buffer.endRun();
        buffer.writePage(body::write);
        assertThat(body.size()).isEqualTo(buffer.pageSize());
        ColumnPage page = new ColumnPage(TEXT, page(wanted.size(), body.toByteArray()), wanted.size());

        for (String value : wanted) {
            assertThat(page.nextOptionalText()).isEqualTo(value);
        }
        page.checkEnd();
    }

    @Test
    void theLeastAndTheGreatestNumberAreThoseThatAreThere() {
        ColumnBuffer buffer = new ColumnBuffer(NUMBER);
        for (long value : new long[] {5, Long.MIN_VALUE, 7, Long.MAX_VALUE}) {
            buffer.addLong(value);
            buffer.addNull();
        }
        RowGroup.Chunk chunk = buffer.chunk(4, 100);

        assertThat(chunk.rows()).isEqualTo(8);
        assertThat(chunk.nulls()).isEqualTo(4);
        assertThat(chunk.range()).isNotNull();
        assertThat(chunk.range().min()).isEqualTo(LittleEndianBytes.of(Long.MIN_VALUE));
        assertThat(chunk.range().max()).isEqualTo(LittleEndianBytes.of(Long.MAX_VALUE));
        buffer.clear();
        buffer.addLong(6);
        RowGroup.Chunk next = buffer.chunk(4, 100);
        assertThat(next.rows()).isEqualTo(1);
        assertThat(next.nulls()).isZero();
        assertThat(next.range()).isNotNull();
        assertThat(next.range().min())
                .as("of the next row group")
                .isEqualTo(next.range().max())
                .isEqualTo(LittleEndianBytes.of(6L));
        ColumnBuffer nothing = new ColumnBuffer(NUMBER);
        nothing.addNull();
        assertThat(nothing.chunk(4, 100).range()).as("of no number").isNull();
    }

    /** Two rows of a column of texts: levels, whose number of bytes comes first, and values behind their lengths. */
    @ParameterizedTest
    @CsvSource({
        "ff ff ff ff 04 01,                         levels beyond its end",
        "ff ff ff 7f 04 01,                         levels beyond its end",
        "02 00 00 00 03 03,                         levels of another encoding or number",
        "02 00 00 00 06 01,                         levels of another encoding or number",
        "06 00 00 00 fe ff ff ff 0f 01,             levels of another encoding or number",
        "06 00 00 00 80 80 80 80 80 01,             more than 32 bits",
        "02 00 00 00 02 01,                         another number of levels",
        "01 00 00 00 04 01,                         another number of levels",
        "00 00 00 00,                               another number of levels",
        "02 00 00,                                  fewer values than rows",
        "02 00 00 00 04 01 ff ff ff ff 61,          a value beyond its end",
        "02 00 00 00 04 01 02 00 00 00 61,          a value beyond its end",
        "02 00 00 00 04 01 01 00 00 00 61,          fewer values than rows",
        "02 00 00 00 04 00 61,                      more values than rows",
    })
    void refusesLevelsAndValuesThatDoNotGoTogether(String hex, String why) {
        assertThatThrownBy(() -> {
                    ColumnPage page = new ColumnPage(TEXT, page(2, body(hex)), 2);
                    page.nextOptionalText();
                    page.nextOptionalText();
                    page.checkEnd();
                })
                .isInstanceOf(ParquetFormatException.class)
                .hasMessageContaining("column user_id")
                .hasMessageContaining(why);
    }

    @Test
    void readsOneRunAfterTheOther() throws ParquetFormatException {
        ColumnPage page = new ColumnPage(TEXT, page(2, body("04 00 00 00 02 00 02 01 01 00 00 00 61")), 2);

        assertThat(page.nextOptionalText()).isNull();
        assertThat(page.nextOptionalText()).isEqualTo("a");
        page.checkEnd();
    }

    @Test
    void refusesAHeaderThatSaysSomethingElse() {
        byte[] right = page(2, body("02 00 00 00 04 00"));
        byte[] longer = new byte[right.length + 1];
        System.arraycopy(right, 0, longer, 0, right.length);

        assertThatThrownBy(() -> new ColumnPage(TEXT, longer, 2)).hasMessageContaining("another size or kind");
        assertThatThrownBy(() -> new ColumnPage(TEXT, right, 3)).hasMessageContaining("another number of rows");
        byte[] encoded = new ThriftWriter()
                .begin()
                .i32(1, 0)
                .i32(2, 0)
                .i32(3, 0)
                .begin(5)
                .i32(1, 0)
                .i32(2, Footer.RLE)
                .end()
                .end()
                .toByteArray();
        assertThatThrownBy(() -> new ColumnPage(TEXT, encoded, 0)).hasMessageContaining("encoding");
    }
}

package io.millrace.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopTableTest {

    @Test
    void playsTheSameRowsForTheSameSeed() {
        for (ShopTable table : ShopTables.ALL) {
            assertThat(table.row(7, new ShopRandom(42))).isEqualTo(table.row(7, new ShopRandom(42)));
            assertThat(table.row(7, new ShopRandom(42))).isNotEqualTo(table.row(7, new ShopRandom(43)));
        }
    }

    @Test
    void givesEveryNumberAKeyOfItsOwn() {
        for (ShopTable table : ShopTables.ALL) {
            Set<Object> keys = new HashSet<>();
            for (int number = 1; number <= 2_000; number++) {
                assertThat(keys.add(table.key().apply(number)))
                        .as("key of %s %d", table.name(), number)
                        .isTrue();
            }
        }
    }

    @Test
    void declaresEveryColumnThatItFills() {
        String ddl = ShopSchema.ddl();
        for (ShopTable table : ShopTables.ALL) {
            assertThat(ddl).contains("CREATE TABLE " + table.name() + " (");
            assertThat(table.columnNames()).allSatisfy(column -> assertThat(ddl).contains("  " + column + " "));
        }
    }

    @Test
    void makesABioThatPostgresStoresOutsideTheRow() {
        ShopRandom random = new ShopRandom(1);
        for (int i = 0; i < 200; i++) {
            assertThat(ShopText.bio(random).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(3_000, 20_500);
        }
    }

    @Test
    void keysCouponsByTextThatBreaksTemplates() {
        Set<String> codes = new HashSet<>();
        for (int number = 1; number <= 200; number++) {
            codes.add(ShopText.code(number));
        }
        assertThat(codes).anySatisfy(code -> assertThat(code).contains("\r\n"));
        assertThat(codes).anySatisfy(code -> assertThat(code).contains("../"));
        assertThat(codes).anySatisfy(code -> assertThat(code).contains("{id}"));
        assertThat(codes).anySatisfy(code -> assertThat(code).contains(":"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void writesJsonThatIsJson(long seed) throws Exception {
        ShopRandom random = new ShopRandom(seed);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < 200; i++) {
            assertThat(mapper.readTree(ShopJson.attributes(random)).isObject()).isTrue();
            assertThat(mapper.readTree(ShopJson.items(random)).isArray()).isTrue();
        }
    }

    @Test
    void leavesTheLargeColumnOutOfASmallUpdate() {
        assertThat(ShopTables.USERS.smallColumns()).extracting(ShopColumn::name).doesNotContain("bio");
        assertThat(ShopTables.USERS.largeColumns()).extracting(ShopColumn::name).containsExactly("bio");
    }

    @Test
    void addressesARowByItsWholeKey() {
        assertThat(ShopTables.ORDER_LINES.deleteSql())
                .isEqualTo("DELETE FROM order_lines WHERE order_id = ? AND line_no = ?");
        assertThat(ShopTables.ORDER_LINES.moveSql())
                .isEqualTo("UPDATE order_lines SET order_id = ?, line_no = ? WHERE order_id = ? AND line_no = ?");
        assertThat(ShopTables.COUPONS.upsertSql())
                .endsWith("ON CONFLICT (code) DO UPDATE SET percent = excluded.percent, message = excluded.message,"
                        + " valid_until = excluded.valid_until");
    }
}

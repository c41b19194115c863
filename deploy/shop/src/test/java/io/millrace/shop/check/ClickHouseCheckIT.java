package io.millrace.shop.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.shop.FreshShop;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers({Server.POSTGRES, Server.CLICKHOUSE})
class ClickHouseCheckIT {

    private static final String TABLE = "check_it.order_lines";

    private SourceSnapshot source;
    private ClickHouseHttp http;
    private String url;

    @BeforeEach
    void copy(Addresses addresses) throws SQLException {
        ShopDatabase shop = FreshShop.create(addresses, "clickhouse_check");
        ShopSeed.of(30, 20, 60, 5).plant(shop);
        source = SourceSnapshot.take(shop, ShopSchema.TABLES);
        url = addresses.clickhouseUrl();
        http = new ClickHouseHttp(url);
        http.send("CREATE DATABASE check_it");
        http.send("CREATE TABLE " + TABLE + " (order_id Int64, line_no Int64, sku Nullable(String), quantity Int32,"
                + " price Nullable(Decimal(20, 4)), _version UInt64, _is_deleted UInt8)"
                + " ENGINE = ReplacingMergeTree(_version, _is_deleted) ORDER BY (order_id, line_no)");
        StringBuilder rows = new StringBuilder("INSERT INTO " + TABLE + " FORMAT JSONEachRow\n");
        source.rows("order_lines").values().forEach(row -> {
            ObjectNode copy = row.deepCopy();
            rows.append(copy.put("_version", 5).put("_is_deleted", 0)).append('\n');
        });
        http.send(rows.toString());
    }

    @AfterEach
    void drop() {
        http.send("DROP DATABASE check_it");
    }

    private CheckResult check() {
        return new ClickHouseCheck(url, TABLE, "order_lines", null).run(source);
    }

    @Test
    void acceptsAFaithfulCopyAmongOlderVersionsAndDeletions() {
        http.send("INSERT INTO " + TABLE + " SELECT * REPLACE (4 AS _version, 'old' AS sku) FROM " + TABLE);
        http.send("INSERT INTO " + TABLE + " (order_id, line_no, _version, _is_deleted) VALUES (9999, 1, 7, 1)");

        assertThat(check().report())
                .isEqualTo("OK clickhouse.order_lines rows="
                        + source.rows("order_lines").size() + " differ=0");
    }

    @Test
    void namesARowThatIsMissingOneThatShouldNotBeThereAndOneThatDiffers() {
        http.send("INSERT INTO " + TABLE
                + " (order_id, line_no, _version, _is_deleted) VALUES (1, 3, 7, 1), (9999, 1, 7, 0)");
        http.send("INSERT INTO " + TABLE + " SELECT * REPLACE (7 AS _version, 424242 AS quantity) FROM " + TABLE
                + " WHERE order_id = 1 AND line_no = 2");

        assertThat(check().first())
                .hasSize(3)
                .extracting(Difference::key)
                .containsExactlyInAnyOrder("order_id=1,line_no=3", "order_id=9999,line_no=1", "order_id=1,line_no=2");
    }

    @Test
    void failsAndNamesTheRowAfterSabotage() {
        String key = Sabotage.clickhouse(url, TABLE, source, "order_lines");

        assertThat(check().differ()).isEqualTo(1);
        assertThat(check().first().get(0).key()).isEqualTo(key);
    }

    @Test
    void saysThatTheTableIsMissing() {
        assertThatThrownBy(() -> new ClickHouseCheck(url, "check_it.nowhere", "order_lines", null).run(source))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("check_it.nowhere");
    }
}

package io.millrace.shop.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.shop.FreshShop;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class PostgresCheckIT {

    private ShopDatabase shop;
    private SourceSnapshot source;

    @BeforeEach
    void copy(Addresses addresses) throws SQLException {
        shop = FreshShop.create(addresses, "postgres_check");
        ShopSeed.of(30, 20, 60, 5).plant(shop);
        source = SourceSnapshot.take(shop, ShopSchema.TABLES);
        execute(
                "CREATE SCHEMA copy",
                "CREATE TABLE copy.order_lines AS SELECT *, 5::bigint AS _version, NULL::timestamptz AS _deleted_at"
                        + " FROM order_lines",
                "CREATE VIEW copy.order_lines_current AS SELECT order_id, line_no, sku, quantity, price"
                        + " FROM copy.order_lines WHERE _deleted_at IS NULL");
    }

    private void execute(String... commands) throws SQLException {
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private CheckResult check(String schema) {
        return new PostgresCheck(shop, schema, "order_lines", null).run(source);
    }

    @Test
    void acceptsAFaithfulCopyAmongDeletions() throws SQLException {
        execute("INSERT INTO copy.order_lines (order_id, line_no, _version, _deleted_at) VALUES (9999, 1, 7, now())");

        assertThat(check("copy").report())
                .isEqualTo("OK postgres.order_lines rows="
                        + source.rows("order_lines").size() + " differ=0");
    }

    @Test
    void namesARowThatIsMissingOneThatShouldNotBeThereAndOneThatDiffers() throws SQLException {
        execute(
                "UPDATE copy.order_lines SET _deleted_at = now() WHERE order_id = 1 AND line_no = 3",
                "INSERT INTO copy.order_lines (order_id, line_no, _version) VALUES (9999, 1, 7)",
                "UPDATE copy.order_lines SET quantity = 424242 WHERE order_id = 1 AND line_no = 2");

        assertThat(check("copy").first())
                .hasSize(3)
                .extracting(Difference::key)
                .containsExactlyInAnyOrder("order_id=1,line_no=3", "order_id=9999,line_no=1", "order_id=1,line_no=2");
    }

    @Test
    void saysThatTheTableIsMissing() {
        assertThatThrownBy(() -> check("nowhere"))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("nowhere.order_lines_current");
    }
}

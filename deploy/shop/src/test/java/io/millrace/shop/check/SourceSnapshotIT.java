package io.millrace.shop.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.shop.FreshShop;
import io.millrace.shop.ShopDatabase;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class SourceSnapshotIT {

    @Test
    void readsEveryTypeInItsCanonicalForm(Addresses addresses) throws SQLException {
        ShopDatabase shop = FreshShop.create(addresses, "snapshot_types");
        FreshShop.execute(shop, """
                SET timezone = 'Asia/Kolkata';
                INSERT INTO users (id, email, initials, tier, last_ip, created_at)
                VALUES (1, 'a"b', 'x', -5, '10.0.0.1', '1901-02-03 04:05:06.7+00');
                INSERT INTO products VALUES ('00000000-0000-0000-0000-000000000001', 's', '', 1.50, '{a,NULL,"b,c"}',
                  '{1,2}', '{"b": [1.0, null], "a": "x"}', 0.1, 0.1, '1969-12-31', '23:59:59.000001', '\\x00ff', 3);
                INSERT INTO orders (id, status, items, note, tax, updated_at, due_at, placed_at)
                VALUES (9, 'paid', '[]', '{"z":1}', 12345678901234567890.123456789, '2024-02-29 23:59:59.5',
                  '2024-02-29 23:59:59.123', 'epoch');
                """);
        SourceSnapshot snapshot = SourceSnapshot.take(shop, List.of("users", "products", "orders"));
        assertThat(only(snapshot, "users")).isEqualTo(Json.parse("""
                        {"id":1,"email":"a\\"b","name":null,"initials":"x  ","bio":null,"active":true,"logins":0,
                         "tier":-5,"born":null,"last_ip":"10.0.0.1","created_at":"1901-02-03T04:05:06.700000Z"}"""));
        assertThat(only(snapshot, "products")).isEqualTo(Json.parse("""
                        {"id":"00000000-0000-0000-0000-000000000001","sku":"s","name":"","price":1.50,
                         "tags":["a",null,"b,c"],"sizes":[1,2],"attributes":{"a":"x","b":[1.0,null]},"weight":0.1,
                         "rating":0.1,"released":"1969-12-31","opens":"23:59:59.000001","picture":"AP8=","stock":3}"""));
        assertThat(only(snapshot, "orders")).isEqualTo(Json.parse("""
                        {"id":9,"user_id":null,"status":"paid","items":[],"note":{"z":1},"total":null,
                         "tax":12345678901234567890.123456789,"token":null,"placed_at":"1970-01-01T00:00:00.000000Z",
                         "updated_at":"2024-02-29T23:59:59.500000","due_at":"2024-02-29T23:59:59.123000"}"""));
    }

    @Test
    void describesATableByItsCatalog(Addresses addresses) throws SQLException {
        ShopDatabase shop = FreshShop.create(addresses, "snapshot_catalog");
        FreshShop.execute(shop, "ALTER TABLE order_lines DROP COLUMN sku");
        SourceSnapshot snapshot = SourceSnapshot.take(shop, List.of("order_lines", "orders"));
        SourceTable lines = snapshot.table("order_lines");
        assertThat(lines.keyColumns()).containsExactly("order_id", "line_no");
        assertThat(lines.columns())
                .extracting(SourceColumn::name)
                .containsExactly("order_id", "line_no", "quantity", "price");
        assertThat(snapshot.table("orders").columns())
                .contains(
                        new SourceColumn("due_at", ColumnType.TIMESTAMP, false, 3),
                        new SourceColumn("updated_at", ColumnType.TIMESTAMP, false, 6),
                        new SourceColumn("status", ColumnType.TEXT, false, 6));
    }

    @Test
    void namesATableThatItWasNotTakenOf(Addresses addresses) throws SQLException {
        ShopDatabase shop = FreshShop.create(addresses, "snapshot_unknown");
        SourceSnapshot snapshot = SourceSnapshot.take(shop, List.of("users"));
        assertThat(snapshot.rows("users")).isEmpty();
        assertThatThrownBy(() -> snapshot.rows("orders"))
                .hasMessage("the snapshot has no table `orders`; it was taken of [users]");
    }

    private static JsonNode only(SourceSnapshot snapshot, String table) {
        assertThat(snapshot.rows(table)).hasSize(1);
        return snapshot.rows(table).values().iterator().next();
    }
}

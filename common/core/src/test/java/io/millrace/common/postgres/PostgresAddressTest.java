package io.millrace.common.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Secret;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

class PostgresAddressTest {

    private static final String CANARY = "canary-55e1";

    @Test
    void itsUrlNamesHostPortAndDatabaseOnly() {
        assertThat(address("shop").url()).isEqualTo("jdbc:postgresql://127.0.0.1:1/shop");
    }

    @Test
    void anOddNameOfADatabaseStaysItsName() {
        String url = address("a b%20?user=c&d").url();

        assertThat(Driver.parseURL(url, null))
                .containsEntry("PGDBNAME", "a b%20?user=c&d")
                .doesNotContainKey("user");
    }

    @Test
    void showsNoPassword() {
        assertThat(address("shop").toString()).doesNotContain(CANARY).contains("***");
        assertThatThrownBy(() -> address("shop").connect("test").close())
                .isInstanceOf(SQLException.class)
                .hasMessageNotContaining(CANARY);
    }

    private static PostgresAddress address(String database) {
        return new PostgresAddress("127.0.0.1", 1, database, "me", new Secret(CANARY));
    }
}

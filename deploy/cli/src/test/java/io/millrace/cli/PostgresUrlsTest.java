package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlsTest {
    @ParameterizedTest
    @CsvSource({
        "postgres://db:5432/shop, jdbc:postgresql://db:5432/shop",
        "postgresql://db/shop?sslmode=require, jdbc:postgresql://db/shop?sslmode=require",
        "jdbc:postgresql://db/shop, jdbc:postgresql://db/shop"
    })
    void takesEveryFormInUse(String given, String jdbc) {
        assertThat(PostgresUrls.jdbc(given)).isEqualTo(jdbc);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://app:s3cret@db/shop",
                "postgresql://app@db/shop",
                "jdbc:postgresql://db/shop?user=app&password=s3cret"
            })
    void refusesASecretOnTheCommandLineWithoutRepeatingIt(String given) {
        assertThatThrownBy(() -> PostgresUrls.jdbc(given))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("PGUSER and PGPASSWORD")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesAnotherDatabase() {
        assertThatThrownBy(() -> PostgresUrls.jdbc("mysql://db/shop")).isInstanceOf(CommandFailure.class);
    }

    @Test
    void theNameInMessagesHasNoParameters() {
        assertThat(PostgresUrls.shown("jdbc:postgresql://db/shop?sslpassword=x"))
                .isEqualTo("postgresql://db/shop");
    }
}

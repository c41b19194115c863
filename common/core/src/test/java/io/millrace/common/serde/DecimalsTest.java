package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @Test
    void keepsEveryDigitOfEveryNumber() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            BigDecimal number =
                    new BigDecimal(new BigInteger(1 + random.nextInt(400), random), random.nextInt(60) - 20);
            BigDecimal signed = random.nextBoolean() ? number : number.negate();
            String base64 =
                    Base64.getEncoder().encodeToString(signed.unscaledValue().toByteArray());

            String text = Decimals.text(base64, signed.scale());

            assertThat(text).isEqualTo(signed.toPlainString());
            assertThat(Decimals.isJsonNumber(text)).isTrue();
        }
    }

    @Test
    void refusesWhatWouldBeATextOfGigabytes() {
        assertThat(Decimals.text("AQ==", Integer.MIN_VALUE)).isNull();
        assertThat(Decimals.text("AQ==", -20_001)).isNull();
        assertThat(Decimals.text("AQ==", 20_000)).hasSize(20_002);
        assertThat(Decimals.text(Base64.getEncoder().encodeToString(new byte[70_001]), 0))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "not base64"})
    void refusesWhatAreNoBytes(String base64) {
        assertThat(Decimals.text(base64, 2)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "12.30", "-0.001", "1E+3", "1e-3", "9e9", "100000000000000000000000000000.5"})
    void knowsAJsonNumber(String text) throws IOException {
        assertThat(Decimals.isJsonNumber(text)).isTrue();
        assertThat(new ObjectMapper().readTree(text).isNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "NaN",
                "Infinity",
                "-Infinity",
                ".5",
                "5.",
                "01",
                "+1",
                "1e",
                "1e+",
                "1 ",
                "0x1",
                "1.2.3",
                "٣"
            })
    void knowsWhatIsNoJsonNumber(String text) {
        assertThat(Decimals.isJsonNumber(text)).isFalse();
    }
}

package io.millrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void printsAsStars() {
        assertThat(new Secret("canary")).hasToString("***");
    }

    @Test
    void printsOnlyTheNamesOfClientProperties() {
        ClientProperties properties = new ClientProperties(Map.of("sasl.jaas.config", "canary", "acks", "all"));

        assertThat(properties).hasToString("[acks, sasl.jaas.config]");
        assertThat(properties.revealAsProperties()).containsEntry("sasl.jaas.config", "canary");
    }

    @Test
    void travelsToATaskManager() throws Exception {
        Secret secret = new Secret("canary");
        ClientProperties properties = new ClientProperties(Map.of("a", "b"));

        assertThat(InstantiationUtil.clone(secret)).isEqualTo(secret);
        assertThat(InstantiationUtil.clone(properties)).isEqualTo(properties);
    }
}

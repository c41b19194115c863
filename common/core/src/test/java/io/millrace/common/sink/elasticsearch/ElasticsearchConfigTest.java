package io.millrace.common.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Secret;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchConfigTest {

    private static final IndexRoute USERS = new IndexRoute("public.users", "users", null);

    private static ElasticsearchConfig withRoutes(IndexRoute... routes) {
        return ElasticsearchConfig.of(List.of("http://localhost:9200"), List.of(routes));
    }

    @Test
    void refusesRoutesThatMeet() {
        assertThatThrownBy(() -> withRoutes()).hasMessageContaining("no route");
        assertThatThrownBy(() -> withRoutes(USERS, new IndexRoute("public.people", "users", null)))
                .hasMessageContaining("share an index");
        assertThatThrownBy(() -> withRoutes(USERS, new IndexRoute("public.users", "people", null)))
                .hasMessageContaining("two routes");
    }

    @Test
    void refusesAUserWithoutAPassword() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new Connection(List.of("http://h:1"), "u", null, null, second, second))
                .hasMessageContaining("password");
        assertThatThrownBy(() -> Connection.to(List.of())).hasMessageContaining("no host");
    }

    @Test
    void neverPrintsThePassword() {
        Connection connection = new Connection(
                List.of("http://h:1"), "u", new Secret("canary"), null, Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThat(connection.toString()).doesNotContain("canary").contains("***");
    }

    @Test
    void travelsWithTheJobGraph() throws IOException, ClassNotFoundException {
        ElasticsearchConfig config = withRoutes(USERS);
        byte[] bytes = InstantiationUtil.serializeObject(config);

        assertThat((Object)
                        InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader()))
                .isEqualTo(config);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "Users", "_users", "-users", "..", "a/b", "a b", "a\r\nb", "a:b", "a*", "a,b", "a\u0000", "ä",
                "a\"b"
            })
    void refusesANameThatElasticsearchWould(String index) {
        assertThat(IndexRoute.problemOf(index)).contains("the index \"" + index + "\"");
        assertThatThrownBy(() -> new IndexRoute("t", index, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesANameThatElasticsearchWould() {
        assertThat(IndexRoute.problemOf("shop.users-v1_eu")).isNull();
        assertThat(IndexRoute.problemOf("x".repeat(248))).isNull();
        assertThat(IndexRoute.problemOf("x".repeat(249))).contains("249 characters");
    }

    @Test
    void refusesAMappingThatIsNoObject() {
        for (String mapping : List.of("[]", "{", "5")) {
            assertThatThrownBy(() -> IndexBodies.properties(new IndexRoute("t", "users", mapping)))
                    .hasMessageContaining("mapping of index \"users\" is not a JSON object");
        }
    }
}

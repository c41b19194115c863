package io.millrace.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.local.Addresses;
import io.millrace.local.Ports;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DraftsTest {
    private static final List<Table> TABLES = List.of(
            new Table("public", "users", List.of("id"), 10, 2_048),
            new Table("public", "Order lines", List.of("order", "line"), 0, 0),
            new Table("sales", "users", List.of("id"), 0, 0));

    @Test
    void readsAllTablesFromPostgresIntoTopics() throws IOException {
        JsonNode capture = yaml(drafts("secret").capture(TABLES));

        assertThat(capture.path("name").asText()).isEqualTo("my-shop-capture");
        JsonNode postgres = capture.path("source").path("postgres");
        assertThat(postgres.path("host").asText()).isEqualTo("db.example.com");
        assertThat(postgres.path("port").asInt()).isEqualTo(5433);
        assertThat(postgres.path("database").asText()).isEqualTo("my-shop");
        assertThat(postgres.path("user").asText()).isEqualTo("app");
        assertThat(postgres.path("slot").asText()).isEqualTo("millrace_my_shop");
        assertThat(capture.path("routes")).hasSize(3);
        assertThat(capture.path("routes").path(1).path("table").asText()).isEqualTo("public.Order lines");
    }

    @Test
    void neverWritesAPassword() {
        assertThat(drafts("secret").capture(TABLES))
                .doesNotContain("secret")
                .contains("    password: ${env:PGPASSWORD}");
        assertThat(drafts(null).capture(TABLES)).contains("    # password: ${env:PGPASSWORD}");
    }

    @Test
    void givesEachTableOneNameThatEveryTargetTakes() throws IOException {
        JsonNode routes = yaml(drafts(null).sync(TABLES)).path("routes");

        assertThat(routes)
                .extracting(route -> route.path("elasticsearch").path("index").asText())
                .containsExactly("public_users", "order_lines", "sales_users");
        assertThat(routes)
                .extracting(route -> route.path("redis").path("key").asText())
                .containsExactly("public_users:{id}", "order_lines:{order}:{line}", "sales_users:{id}");
        assertThat(routes)
                .extracting(route -> route.path("clickhouse").path("table").asText())
                .containsExactly("public_users", "order_lines", "sales_users");
    }

    @Test
    void leavesOutATargetThatIsNotWanted() throws IOException {
        JsonNode sync = yaml(drafts(null, "--redis", "none", "--clickhouse", "none", "--kafka", "k:1")
                .sync(TABLES));

        assertThat(sync.path("targets").fieldNames()).toIterable().containsExactly("elasticsearch");
        assertThat(sync.path("routes").path(0).fieldNames()).toIterable().containsExactly("table", "elasticsearch");
        assertThat(sync.at("/source/kafka/bootstrap-servers").asText()).isEqualTo("k:1");
    }

    @Test
    void listsTheTopicsThatBothNeed() throws IOException {
        JsonNode topics = yaml(drafts(null).topics(TABLES)).path("topics");
        JsonNode read = yaml(drafts(null).sync(TABLES)).at("/source/kafka/topics");

        assertThat(topics.fieldNames())
                .toIterable()
                .containsExactly(
                        "dead-letter-queue",
                        "my_shop.public.users",
                        "my_shop.public.Order lines",
                        "my_shop.sales.users");
        assertThat(read)
                .allSatisfy(topic -> assertThat(topics.has(topic.asText())).isTrue());
    }

    private static Drafts drafts(String password, String... options) {
        Properties login = new Properties();
        login.setProperty("user", "app");
        if (password != null) {
            login.setProperty("password", password);
        }
        Targets targets = new Targets();
        new CommandLine(targets).parseArgs(options);
        Database database = new Database("jdbc:postgresql://db.example.com:5433/my-shop", login);
        Addresses local = new Addresses(Ports.standard(0));
        return new Drafts(database, targets.or(local), "my_shop", "file:///tmp/x");
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}

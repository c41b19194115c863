package io.millrace.shop.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.shop.FreshShop;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers({Server.POSTGRES, Server.ELASTICSEARCH, Server.KAFKA})
class ElasticsearchCheckIT {

    private static final String INDEX = "check-users";

    private SourceSnapshot source;
    private ElasticsearchHttp http;
    private String url;

    @BeforeEach
    void connect(Addresses addresses) throws SQLException {
        ShopDatabase shop = FreshShop.create(addresses, "elasticsearch_check");
        ShopSeed.of(600, 20, 20, 5).plant(shop);
        source = SourceSnapshot.take(shop, ShopSchema.TABLES);
        url = addresses.elasticsearchUrl();
        http = new ElasticsearchHttp(url);
    }

    @AfterEach
    void deleteTheIndices() {
        http.send("DELETE", "/check-*", "");
    }

    @Test
    void acceptsAFaithfulCopyOfMoreThanOnePage() {
        copy("users", true, 3);
        assertThat(check("users").run(source).report()).isEqualTo("OK elasticsearch.users rows=600 differ=0");
    }

    @Test
    void acceptsEveryTableInEitherFormOfDecimals() {
        for (String table : ShopSchema.TABLES) {
            copy(table, false, 3);
            assertThat(check(table).withDecimalsAsNumbers().run(source).report())
                    .isEqualTo("OK elasticsearch." + table + " rows="
                            + source.rows(table).size() + " differ=0");
        }
        assertThat(check("products").run(source).differ()).isEqualTo(20);
    }

    @Test
    void namesADocumentThatIsMissingAndOneThatShouldNotBeThere() {
        copy("users", true, 3);
        http.send("DELETE", "/" + INDEX + "/_doc/id=7?refresh=true", "");
        http.send("PUT", "/" + INDEX + "/_doc/x?refresh=true", "{\"id\":9999}");
        assertThat(check("users").run(source).first())
                .containsExactly(
                        new Difference("users", "id=7", "*", "a row", "nothing"),
                        new Difference("users", "id=9999", "*", "nothing", "a row"));
    }

    @Test
    void refusesTwoDocumentsOfOneRow() {
        copy("users", true, 3);
        JsonNode row = http.send("GET", "/" + INDEX + "/_doc/id=7", "").path("_source");
        http.send("PUT", "/" + INDEX + "/_doc/another?refresh=true", row.toString());
        CheckResult result = check("users").run(source);
        assertThat(result.differ()).isEqualTo(1);
        assertThat(result.first().get(0).expected()).isEqualTo("one document");
    }

    @Test
    void failsAndNamesTheRowAfterSabotageThatKeptTheVersion() {
        copy("users", true, 3);
        String key = Sabotage.elasticsearch(url, INDEX, source, "users");
        CheckResult result = check("users").run(source);
        assertThat(result.line()).isEqualTo("FAILED elasticsearch.users rows=600 differ=1");
        assertThat(result.first())
                .singleElement()
                .satisfies(difference -> assertThat(difference.key()).isEqualTo(key))
                .satisfies(difference -> assertThat(difference.found()).isEqualTo("\"sabotaged\""));
    }

    @Test
    void comparesEachVersionWithTheOneThatWasCaptured(Addresses addresses) {
        copy("users", true, 3);
        KafkaTopics topics = new KafkaTopics(addresses.kafkaBootstrap());
        topics.create("check-versions", 1);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        source.rows("users").forEach((key, row) -> records.add(change(key, row)));
        topics.write(records);
        TopicCheck topic = new TopicCheck(addresses.kafkaBootstrap(), "check-versions", "users");
        CheckResult result = new ElasticsearchCheck(url, INDEX, "users", topic).run(source);
        assertThat(result.line()).isEqualTo("FAILED elasticsearch.users rows=600 differ=1");
        assertThat(result.first()).containsExactly(new Difference("users", "id=7", "_version", "4", "3"));
    }

    @Test
    void saysThatAnIndexIsMissing() {
        assertThatThrownBy(() -> new ElasticsearchCheck(url, "nowhere", "users", null).run(source))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("404");
    }

    private ElasticsearchCheck check(String table) {
        return new ElasticsearchCheck(url, index(table), table, null);
    }

    private static String index(String table) {
        return "check-" + table;
    }

    private void copy(String table, boolean decimalsAsText, long version) {
        StringBuilder bulk = new StringBuilder();
        source.rows(table).forEach((key, row) -> {
            var action = JsonNodeFactory.instance.objectNode();
            action.putObject("index")
                    .put("_id", key.toString())
                    .put("version", version)
                    .put("version_type", "external_gte");
            bulk.append(action).append('\n');
            bulk.append(RowCopy.document(source.table(table), row, decimalsAsText))
                    .append('\n');
        });
        http.send(
                "PUT",
                "/" + index(table),
                "{\"mappings\":{\"dynamic\":false},\"settings\":{\"number_of_replicas\":0}}");
        JsonNode answer = http.send("POST", "/" + index(table) + "/_bulk?refresh=true", bulk.toString());
        assertThat(answer.path("errors").asBoolean()).as("%s", answer).isFalse();
    }

    private ProducerRecord<byte[], byte[]> change(RowKey key, JsonNode row) {
        SourceTable users = source.table("users");
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                "check-versions",
                RowCopy.key(users, row).toString().getBytes(UTF_8),
                RowCopy.envelope(users, row).toString().getBytes(UTF_8));
        String version = key.toString().equals("id=7") ? "4" : "3";
        record.headers().add("millrace-version", version.getBytes(UTF_8));
        return record;
    }
}

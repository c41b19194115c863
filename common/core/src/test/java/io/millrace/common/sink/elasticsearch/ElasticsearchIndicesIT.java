package io.millrace.common.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.common.failure.Backoff;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Batching;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Connection;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Documents;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.IndexSettings;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.ELASTICSEARCH)
class ElasticsearchIndicesIT {

    private final String index = "indices-" + UUID.randomUUID();
    private String url;
    private SearchServer server;

    @BeforeEach
    void connect(Addresses addresses) {
        url = addresses.elasticsearchUrl();
        server = new SearchServer(url);
    }

    private static ElasticsearchConfig config(String url, String index, Duration gcDeletes, @Nullable String mapping) {
        return new ElasticsearchConfig(
                Connection.to(List.of(url)),
                Batching.defaults(),
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(300)),
                Documents.defaults(),
                new IndexSettings(2, 0, Duration.ofMillis(500), gcDeletes, 321),
                List.of(new IndexRoute("public.users", index, mapping)));
    }

    private JsonNode settings() {
        return server.get("/" + index + "/_settings")
                .path(index + "-000001")
                .path("settings")
                .path("index");
    }

    @Test
    void makesTemplateIndexAndAlias() throws Exception {
        String mapping = "{\"name\":{\"type\":\"keyword\"}}";
        ElasticsearchTarget.prepare(config(url, index, Duration.ofHours(24), mapping));

        assertThat(settings().path("number_of_shards").asText()).isEqualTo("2");
        assertThat(settings().path("number_of_replicas").asText()).isEqualTo("0");
        assertThat(settings().path("refresh_interval").asText()).isEqualTo("500ms");
        assertThat(settings().path("gc_deletes").asText()).isEqualTo("86400000ms");
        assertThat(settings().path("mapping").path("total_fields").path("limit").asText())
                .isEqualTo("321");
        JsonNode mappings =
                server.get("/" + index + "/_mapping").path(index + "-000001").path("mappings");
        assertThat(mappings.path("dynamic").asText()).isEqualTo("false");
        assertThat(mappings.path("date_detection").asBoolean(true)).isFalse();
        assertThat(mappings.path("properties")).hasToString(mapping);
        assertThat(server.get("/_alias/" + index)
                        .path(index + "-000001")
                        .path("aliases")
                        .path(index)
                        .path("is_write_index")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void changesOnlyWhatTheConfigurationChanged() throws Exception {
        ElasticsearchTarget.prepare(config(url, index, Duration.ofHours(24), null));
        server.send("PUT", "/" + index + "/_doc/1", "{\"a\":1}");

        ElasticsearchTarget.prepare(config(url, index, Duration.ofDays(2), null));
        ElasticsearchTarget.prepare(config(url, index, Duration.ofDays(2), null));

        assertThat(settings().path("gc_deletes").asText()).isEqualTo("172800000ms");
        assertThat(server.documents(index)).containsOnlyKeys("1");
    }

    @Test
    void refusesAnIndexWhereAnAliasHasToBe() {
        server.send("PUT", "/" + index, "{}");

        assertThatThrownBy(() -> ElasticsearchTarget.prepare(config(url, index, Duration.ofHours(1), null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has an index named \"" + index + "\"");
    }

    @Test
    void saysWhatElasticsearchHoldsAgainstAMapping() {
        assertThatThrownBy(() -> ElasticsearchTarget.prepare(
                        config(url, index, Duration.ofHours(1), "{\"name\":{\"type\":\"nonsense\"}}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("400");
    }

    @Test
    void givesUpOnAnAddressWhereNobodyAnswers() {
        assertThatThrownBy(() ->
                        ElasticsearchTarget.prepare(config("http://127.0.0.1:1", index, Duration.ofHours(1), null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has taken no write");
    }
}

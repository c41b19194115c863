package io.millrace.shop.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicStateTest {

    private static final String ANN = "{\"op\":\"c\",\"before\":null,\"after\":{\"id\":1,\"name\":\"Ann\"}}";
    private static final String GONE = "{\"op\":\"d\",\"before\":{\"id\":1},\"after\":null}";

    private final TopicState state = new TopicState(Samples.USERS);
    private final RowKey one = Samples.USERS.keyOf(Json.parse("{\"id\":1}"));
    private long offset;

    @Test
    void holdsTheLastRowOfEachKey() {
        add("{\"id\":1}", "5", ANN);
        add("{\"id\":1}", "6", ANN.replace("Ann", "Amy"));
        assertThat(state.rows().get(one).row().path("name").asText()).isEqualTo("Amy");
        assertThat(state.rows().get(one).version()).isEqualTo(6);
        assertThat(state.lastVersion(one)).isEqualTo(6);
    }

    @Test
    void forgetsADeletedRowButNotItsVersion() {
        add("{\"id\":1}", "5", ANN);
        add("{\"id\":1}", "6", GONE);
        add("{\"id\":1}", "6", null);
        assertThat(state.rows()).isEmpty();
        assertThat(state.lastVersion(one)).isEqualTo(6);
        assertThat(state.unreadable()).isEmpty();
    }

    @Test
    void takesOffTheSchemaOfKeyAndValue() {
        add("{\"schema\":{},\"payload\":{\"id\":1}}", "5", "{\"schema\":{},\"payload\":" + ANN + "}");
        assertThat(state.rows()).containsKey(one);
    }

    @Test
    void noticesAnOlderVersionAfterANewerOne() {
        add("{\"id\":1}", "5", ANN);
        add("{\"id\":1}", "4", ANN);
        assertThat(state.decreases()).isEqualTo(1);
        assertThat(state.keysThatEndOlder()).containsExactly(one);
        add("{\"id\":1}", "5", ANN);
        assertThat(state.keysThatEndOlder()).isEmpty();
    }

    @Test
    void tellsWhereAnUnreadableRecordStandsAndWhy() {
        add("{\"id\":1}", "5", "not json");
        add("{\"id\":2}", "6", ANN);
        add("{\"id\":1}", null, ANN);
        add("{\"id\":1}", "7", ANN.replace("\"c\"", "\"x\""));
        add(null, "7", ANN);
        add("{\"id\":1}", "7", "{\"op\":\"u\"}");
        assertThat(state.unreadable()).containsExactly("t-3@0", "t-3@1", "t-3@2", "t-3@3", "t-3@4", "t-3@5");
        assertThat(state.problems().get(0)).startsWith("t-3@0: not JSON");
        assertThat(state.problems().get(1)).isEqualTo("t-3@1: the key is id=2, the row's is id=1");
        assertThat(state.problems().get(2)).contains("no header millrace-version");
        assertThat(state.problems().get(3)).contains("unknown operation `x`");
        assertThat(state.problems().get(4)).contains("no key");
        assertThat(state.problems().get(5)).contains("`u` has no row");
        assertThat(state.rows()).isEmpty();
        assertThat(state.records()).isEqualTo(6);
    }

    private void add(@Nullable String key, @Nullable String version, @Nullable String value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 3, offset++, bytes(key), bytes(value));
        if (version != null) {
            record.headers().add("millrace-version", bytes(version));
        }
        state.add(record);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}

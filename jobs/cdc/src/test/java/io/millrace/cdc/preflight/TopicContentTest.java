package io.millrace.cdc.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.serde.ColumnNames;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.source.kafka.TopicTail.Look;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicContentTest {

    private static final String TOPIC = "db.public.users";

    @Test
    void anEmptyTopicIsOfTheTableInItsName() {
        TopicContent content = content(TOPIC);

        assertThat(content.tables()).containsExactly("public.users");
        assertThat(content.told()).isEmpty();
        assertThat(content.isAsNamed()).isTrue();
    }

    @Test
    void aNameWithoutATableTellsNone() {
        assertThat(content("users").tables()).isEmpty();
        assertThat(content("users").isAsNamed()).isFalse();
    }

    @Test
    void recordsTellMoreThanTheName() {
        TopicContent content = content(
                "all-changes", change(1, "public.users", "{\"id\":1}"), change(2, "public.orders", "{\"id\":1}"));

        assertThat(content.tables()).containsExactly("public.orders", "public.users");
        assertThat(content.isAsNamed()).isFalse();
    }

    @Test
    void theLatestRecordTellsTheColumns() {
        TopicContent content = content(
                TOPIC,
                change(2, "public.users", "{\"id\":1,\"email\":null}"),
                change(1, "public.users", "{\"id\":1,\"mail\":null}"));

        assertThat(content.told())
                .isEqualTo(Map.of("public.users", new ColumnNames(Set.of("id"), Set.of("id", "email"))));
    }

    @Test
    void aLaterDeleteLeavesTheColumnsKnown() {
        TopicContent content = content(
                TOPIC, change(1, "public.users", "{\"id\":1,\"mail\":null}"), Records.delete(TOPIC, 2, "public.users"));

        assertThat(content.told().get("public.users").row()).containsExactly("id", "mail");
    }

    @Test
    void aLookEndsWithARecordThatTellsAllColumnsAndNotBefore() {
        TopicContent content = new TopicContent(TOPIC, JsonLimits.DEFAULT);
        Look look = content.look();
        look.at(Records.record(TOPIC, 1, "{", "{"));
        look.at(Records.tombstone(TOPIC, 2));
        look.at(Records.delete(TOPIC, 3, "public.users"));
        assertThat(look.isDone()).isFalse();

        look.at(change(4, "public.users", "{\"id\":1}"));
        assertThat(look.isDone()).isTrue();
    }

    @Test
    void aLookGivesUpOnWhatTellsNothing() {
        Look look = new TopicContent(TOPIC, JsonLimits.DEFAULT).look();
        for (int i = 0; i < 1_000; i++) {
            assertThat(look.isDone()).isFalse();
            look.at(Records.tombstone(TOPIC, 2));
        }
        assertThat(look.isDone()).isTrue();
    }

    @Test
    void heartbeatsAndTransactionsAreOfNoTable() {
        assertThat(content("__debezium-heartbeat.db").isOfNoTable()).isTrue();
        assertThat(content(
                                "db.transaction",
                                Records.record("db.transaction", 1, "{}", "{\"status\":\"BEGIN\",\"id\":\"5\"}"))
                        .isOfNoTable())
                .isTrue();
        assertThat(content("db.public.transaction").isOfNoTable()).isFalse();
        assertThat(content("db.public.transaction").tables()).containsExactly("public.transaction");
    }

    private static TopicContent content(String topic, ConsumedRecord... records) {
        TopicContent content = new TopicContent(topic, JsonLimits.DEFAULT);
        for (ConsumedRecord record : records) {
            content.look().at(record);
        }
        return content;
    }

    private static ConsumedRecord change(long time, String table, String after) {
        return Records.change(TOPIC, time, table, after);
    }
}

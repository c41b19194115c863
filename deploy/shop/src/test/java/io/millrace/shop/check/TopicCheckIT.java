package io.millrace.shop.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithServers({Server.POSTGRES, Server.KAFKA})
class TopicCheckIT {

    private static SourceSnapshot source;
    private static KafkaTopics topics;

    @BeforeAll
    static void copyTheShop(Addresses addresses) throws SQLException {
        ShopDatabase shop = FreshShop.create(addresses, "topic_check");
        ShopSeed.of(30, 20, 30, 5).plant(shop);
        source = SourceSnapshot.take(shop, ShopSchema.TABLES);
        topics = new KafkaTopics(addresses.kafkaBootstrap());
    }

    @Test
    void acceptsAFaithfulCopyOfEveryTable() {
        for (String table : ShopSchema.TABLES) {
            copy("faithful." + table, table);
            assertThat(check("faithful." + table, table).run(source).report())
                    .isEqualTo(
                            "OK kafka." + table + " rows=" + source.rows(table).size() + " differ=0");
        }
    }

    @Test
    void namesARowThatWasForgotten() {
        copy("forgotten", "users");
        topics.write(List.of(record("forgotten", "{\"id\":7}", "2", null)));
        CheckResult result = check("forgotten", "users").run(source);
        assertThat(result.line()).isEqualTo("FAILED kafka.users rows=30 differ=1");
        assertThat(result.first()).containsExactly(new Difference("users", "id=7", "*", "a row", "nothing"));
    }

    @Test
    void readsOnWhereItStopped() {
        copy("growing", "users");
        TopicCheck check = check("growing", "users");
        assertThat(check.run(source).isOk()).isTrue();
        topics.write(List.of(record("growing", "{\"id\":7}", "2", null)));
        assertThat(check.run(source).differ()).isEqualTo(1);
        topics.write(List.of(change("growing", "users", 7, "3")));
        assertThat(check.run(source).isOk()).isTrue();
    }

    @Test
    void refusesAKeyThatEndsWithAnOlderVersion() {
        copy("older", "users");
        topics.write(List.of(change("older", "users", 7, "9"), change("older", "users", 7, "8")));
        assertThat(check("older", "users").run(source).first())
                .containsExactly(new Difference("users", "id=7", "version", "the highest one last", "8"));
    }

    @Test
    void refusesADecreaseOnlyInStrictOrder() {
        copy("replayed", "users");
        topics.write(List.of(
                change("replayed", "users", 7, "9"),
                change("replayed", "users", 7, "8"),
                change("replayed", "users", 7, "9")));
        assertThat(check("replayed", "users").run(source).isOk()).isTrue();
        assertThat(check("replayed", "users").inStrictOrder().run(source).isOk())
                .isFalse();
    }

    @Test
    void acceptsABrokenRecordOnlyIfItIsKnown() {
        copy("broken", "users");
        topics.write(List.of(record("broken", "{\"id\":99}", "2", "not json")));
        CheckResult result = check("broken", "users").run(source);
        assertThat(result.differ()).isEqualTo(1);
        assertThat(result.first().get(0).found()).contains("not JSON");
        assertThat(check("broken", "users").knowing("broken", 0, 30).run(source).isOk())
                .isTrue();
    }

    @Test
    void failsAndNamesTheRowAfterSabotage() {
        copy("sabotaged", "orders");
        String key = Sabotage.topic(topics.bootstrap(), "sabotaged", source, "orders");
        CheckResult result = check("sabotaged", "orders").run(source);
        assertThat(result.differ()).isEqualTo(1);
        assertThat(result.first().get(0).key()).isEqualTo(key);
    }

    @Test
    void saysThatATopicIsMissing() {
        assertThatThrownBy(() -> check("nowhere", "users").run(source))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void countsDeadLettersByWhereTheirSourceStood() {
        topics.create("letters", 1);
        Set<String> expected = Set.of("t-0@5");
        assertThat(letters(expected).line()).isEqualTo("FAILED dead-letters expected=1 found=0 differ=1");
        topics.write(List.of(letter("mine", "5"), letter("mine", "5"), letter("another", "6")));
        assertThat(letters(expected).line()).isEqualTo("OK dead-letters expected=1 found=1 differ=0");
        topics.write(List.of(letter("mine", "8")));
        assertThat(letters(expected).first())
                .containsExactly(new Difference("dead-letters", "t-0@8", "*", "nothing", "a dead letter"));
    }

    private static CheckResult letters(Set<String> expected) {
        return new DeadLetterCheck(topics.bootstrap(), "letters", "mine", expected).run(source);
    }

    private static TopicCheck check(String topic, String table) {
        return new TopicCheck(topics.bootstrap(), topic, table);
    }

    private static void copy(String topic, String table) {
        topics.create(topic, 1);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        source.rows(table).keySet().forEach(key -> records.add(change(topic, table, key, "1")));
        topics.write(records);
    }

    private static ProducerRecord<byte[], byte[]> change(String topic, String table, int id, String version) {
        return change(topic, table, new RowKey(List.of("id=" + id)), version);
    }

    private static ProducerRecord<byte[], byte[]> change(String topic, String table, RowKey key, String version) {
        SourceTable shape = source.table(table);
        var row = source.rows(table).get(key);
        return record(
                topic,
                RowCopy.key(shape, row).toString(),
                version,
                RowCopy.envelope(shape, row).toString());
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String key, String version, @Nullable String value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
        record.headers().add("millrace-version", version.getBytes(UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> letter(String pipeline, String offset) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("letters", "bytes".getBytes(UTF_8));
        record.headers()
                .add("dlq-pipeline", pipeline.getBytes(UTF_8))
                .add("dlq-source-topic", "t".getBytes(UTF_8))
                .add("dlq-source-partition", "0".getBytes(UTF_8))
                .add("dlq-source-offset", offset.getBytes(UTF_8));
        return record;
    }
}

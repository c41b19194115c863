package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.time.Date;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowChangeConverterTest {

    private static final RedisRoute WRITE = RedisRoute.write(Rows.TABLE, "u:{id}");
    private static final String PLACEHOLDER = "{\"id\":1,\"bio\":\"__debezium_unavailable_value\"}";
    private static final long DAY = Duration.ofDays(1).toMillis();

    private static RedisEntry convert(RedisRoute route, RowChange change) {
        return converter(route).convert(change);
    }

    private static RowChangeConverter converter(RedisRoute route) {
        return new RowChangeConverter(new RedisConfig(
                Connection.to("redis://127.0.0.1:1"),
                Batching.defaults(),
                Backoff.defaults(),
                Duration.ofDays(1),
                100,
                FailurePolicy.DEAD_LETTER,
                List.of(route)));
    }

    private static String value(RedisEntry entry) {
        return new String(entry.write().value(), UTF_8);
    }

    @Test
    void setsTheRowUnderItsKeyForEver() {
        RedisEntry entry = convert(WRITE, Rows.row(5, 1));

        assertThat(entry.refusal()).isNull();
        assertThat(entry.write().key()).isEqualTo("u:1");
        assertThat(value(entry)).isEqualTo("{\"id\":1,\"v\":5}");
        assertThat(entry.write().version()).isEqualTo(5);
        assertThat(entry.write().valueMillis()).isZero();
        assertThat(entry.write().versionMillis()).isZero();
        assertThat(entry.write().versionKeyBytes()).isEqualTo("{u:1}:v".getBytes(UTF_8));
    }

    @Test
    void keepsTheDocumentOfAHashUntilItIsSent() {
        RedisEntry entry = convert(WRITE.asHash(), Rows.row(5, 1));

        assertThat(entry.write().kind()).isEqualTo(VersionedWrite.Kind.HASH);
        assertThat(value(entry)).isEqualTo("{\"id\":1,\"v\":5}");
        assertThat(HashFields.of(entry.write().value()))
                .extracting(bytes -> new String(bytes, UTF_8))
                .containsExactly("id", "1", "v", "5");
        assertThat(convert(WRITE.asHash(), Rows.delete(5, 1)).write().kind()).isEqualTo(VersionedWrite.Kind.DELETE);
    }

    @Test
    void letsTheVersionOutliveAValueThatExpires() {
        RedisEntry entry = convert(WRITE.withTimeToLive(Duration.ofSeconds(7)), Rows.row(5, 1));

        assertThat(entry.write().valueMillis()).isEqualTo(7_000);
        assertThat(entry.write().versionMillis()).isEqualTo(7_000 + DAY);
    }

    @Test
    void deletesTheKeyOfADeletedRowAndRemembersTheVersionForAWhile() {
        RedisEntry entry = convert(WRITE, Rows.delete(5, 1));

        assertThat(entry.write()).isEqualTo(new VersionedWrite(VersionedWrite.Kind.DELETE, "u:1", null, 5, 0, DAY));
    }

    @ParameterizedTest
    @CsvSource({"CREATE", "UPDATE", "READ", "DELETE"})
    void deletesTheKeyAtEveryChangeWhereItInvalidates(Operation operation) {
        RedisRoute route = RedisRoute.invalidate(Rows.TABLE, "u:{id}");
        String after = operation == Operation.DELETE ? null : Rows.document(5, 1);

        RedisEntry entry = convert(route, Rows.change(operation, 5, Rows.key(1), after, null));

        assertThat(entry.write()).isEqualTo(new VersionedWrite(VersionedWrite.Kind.DELETE, "u:1", null, 5, 0, DAY));
    }

    @Test
    void writesTheColumnsThatItsRouteWants() {
        RowChange change = Rows.row(5, Rows.key(1), "{\"id\":1,\"a\":{\"id\":2},\"b\":[1,{\"a\":1}],\"c\":1.50}");

        assertThat(value(convert(WRITE.including(Set.of("a", "c")), change)))
                .isEqualTo("{\"a\":{\"id\":2},\"c\":1.50}");
        assertThat(value(convert(WRITE.excluding(Set.of("a", "missing")), change)))
                .isEqualTo("{\"id\":1,\"b\":[1,{\"a\":1}],\"c\":1.50}");
    }

    @Test
    void refusesAPlaceholderWhereItWouldBeWritten() {
        RowChange foreign = Rows.row(5, Rows.key(1), PLACEHOLDER);

        assertThat(convert(WRITE, foreign).refusal().errorMessage()).contains("column \"bio\" holds the placeholder");
        assertThat(value(convert(WRITE.excluding(Set.of("bio")), foreign))).isEqualTo("{\"id\":1}");
        assertThat(convert(RedisRoute.invalidate(Rows.TABLE, "u:{id}"), foreign).refusal())
                .isNull();
    }

    @Test
    void takesItsTextForAUsersOwnInWhatWasCapturedHere() {
        RowChange foreign = Rows.row(5, Rows.key(1), PLACEHOLDER);

        assertThat(value(convert(WRITE, Rows.captured(foreign)))).isEqualTo(PLACEHOLDER);
        assertThat(value(convert(WRITE, Rows.direct(foreign)))).isEqualTo(PLACEHOLDER);
    }

    @Test
    void writesDatesAndKeysAsPeopleReadThem() {
        SampleTable table = new SampleTable()
                .key("id", "DATE", SchemaBuilder.int32().name(Date.SCHEMA_NAME))
                .column("born", "DATE", SchemaBuilder.int32().name(Date.SCHEMA_NAME));

        RedisEntry entry = convert(WRITE, sample(table.schema(), "{\"id\":19782}", "{\"id\":19782,\"born\":-1}"));

        assertThat(entry.write().key()).isEqualTo("u:2024-02-29");
        assertThat(value(entry)).isEqualTo("{\"id\":\"2024-02-29\",\"born\":\"1969-12-31\"}");
    }

    private static RowChange sample(RowSchema schema, String key, String after) {
        return Rows.change(Operation.CREATE, 5, key, after, schema);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":1} | no JSON | JSON",
                "{\"id\":1} | [1] | not a JSON object",
                "{\"id\":1} | {\"a\":1,\"a\":2} | JSON",
                "{\"id\":null} | {\"a\":1} | key column \"id\" is null",
                "{\"name\":1} | {\"a\":1} | key column \"id\" is missing",
                "[] | {\"a\":1} | not a JSON object",
                "{\"id\":1} | {\"a\":\"0123456789012345678901234567890123456789012345678901234567890123456789"
                        + "0123456789012345678901234567890123456789\"} | larger than 100 bytes"
            })
    void refusesWhatMakesNoWrite(String key, String after, String reason) {
        RedisEntry entry = convert(WRITE, Rows.row(5, key, after));

        assertThat(entry.write()).isNull();
        assertThat(entry.refusal().errorClass()).isEqualTo("io.millrace.common.failure.DataException");
        assertThat(entry.refusal().errorMessage()).contains(reason);
    }

    @Test
    void refusesWhatNamesNoRowOrHasNone() {
        assertThat(convert(WRITE, Rows.change(Operation.TRUNCATE, 5, "{}", null, null))
                        .refusal()
                        .errorMessage())
                .startsWith("a TRUNCATE names no row");
        assertThat(convert(WRITE, Rows.change(Operation.UPDATE, 5, Rows.key(1), null, null))
                        .refusal()
                        .errorMessage())
                .isEqualTo("the change is no delete and has no row after it");
        assertThat(convert(RedisRoute.write("public.orders", "o:{id}"), Rows.row(5, 1))
                        .refusal()
                        .errorMessage())
                .isEqualTo("table public.users has no route to redis");
    }

    @Test
    void failsOnAChangeWhoseVersionNobodyDecided() {
        assertThatThrownBy(() -> convert(WRITE, Rows.row(RowChange.UNVERSIONED, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no version");
    }

    @Test
    void failsOnATemplateThatDoesNotFitTheTablesKey() {
        RowSchema schema = new SampleTable()
                .key("tenant", "INT4", SchemaBuilder.int32())
                .key("id", "INT4", SchemaBuilder.int32())
                .schema();
        RowChange change = sample(schema, "{\"tenant\":1,\"id\":2}", "{\"tenant\":1,\"id\":2}");

        assertThatThrownBy(() -> convert(WRITE, change))
                .isInstanceOf(UnfitKeyTemplateException.class)
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .isEqualTo(ThrowableType.NonRecoverableError))
                .hasMessageStartingWith("the redis key template u:{id} of table public.users leaves out [tenant]");
        assertThat(convert(RedisRoute.write(Rows.TABLE, "u:{tenant}:{id}"), change)
                        .write()
                        .key())
                .isEqualTo("u:1:2");
        assertThat(Map.of(
                        "invalidate",
                        convert(RedisRoute.invalidate(Rows.TABLE, "t:{tenant}"), change)
                                .write()
                                .key()))
                .containsValue("t:1");
    }
}

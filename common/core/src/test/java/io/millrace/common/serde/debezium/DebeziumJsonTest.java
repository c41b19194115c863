package io.millrace.common.serde.debezium;

import static io.millrace.common.serde.debezium.Messages.KEY;
import static io.millrace.common.serde.debezium.Messages.KEY_SCHEMA;
import static io.millrace.common.serde.debezium.Messages.ROW;
import static io.millrace.common.serde.debezium.Messages.SCHEMA;
import static io.millrace.common.serde.debezium.Messages.SOURCE;
import static io.millrace.common.serde.debezium.Messages.created;
import static io.millrace.common.serde.debezium.Messages.envelope;
import static io.millrace.common.serde.debezium.Messages.inTopic;
import static io.millrace.common.serde.debezium.Messages.record;
import static io.millrace.common.serde.debezium.Messages.text;
import static io.millrace.common.serde.debezium.Messages.version;
import static io.millrace.common.serde.debezium.Messages.wrapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.debezium.Parsed.Change;
import io.millrace.common.serde.debezium.Parsed.Reason;
import io.millrace.common.serde.debezium.Parsed.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebeziumJsonTest {

    private final DebeziumJson parser = new DebeziumJson(JsonLimits.DEFAULT, new ChangeVersions(Generations.only(3)));

    @Test
    void readsABareChange() throws Exception {
        ConsumedRecord record = record(KEY, created());
        RowChange change = change(record);

        assertThat(change.table()).isEqualTo("public.users");
        assertThat(change.operation()).isEqualTo(Operation.CREATE);
        assertThat(change.version()).isEqualTo(Version.of(3, 1000));
        assertThat(text(change.key())).isEqualTo(KEY);
        assertThat(change.before()).isNull();
        assertThat(text(change.after())).isEqualTo(ROW);
        assertThat(change.schema()).isNull();
        assertThat(change.source().lsn()).isEqualTo(1000);
        assertThat(change.source().previousCommit()).isEqualTo(900);
        assertThat(change.source().commitTime()).isEqualTo(1_700_000_000_123L);
        assertThat(change.source().snapshot()).isFalse();
        assertThat(text(change.source().block())).isEqualTo(SOURCE);
        assertThat(change.origin()).isSameAs(record);
    }

    @Test
    void readsEveryDressOfKeyAndValueToTheSameRows() throws Exception {
        for (String key : new String[] {KEY, wrapped(KEY_SCHEMA, KEY), wrapped("null", KEY), " " + KEY + "\n"}) {
            for (String value : new String[] {created(), wrapped(SCHEMA, created()), wrapped("null", created())}) {
                RowChange change = change(record(key, value));

                assertThat(text(change.key())).isEqualToIgnoringWhitespace(KEY);
                assertThat(text(change.after())).isEqualTo(ROW);
                assertThat(change.schema() != null).isEqualTo(value.contains("Envelope") || key.contains("Key"));
            }
        }
    }

    @Test
    void keepsTheSchemasOfAWrapperAndGivesTheSameOneAgain() throws Exception {
        ConsumedRecord record = record(wrapped(KEY_SCHEMA, KEY), wrapped(SCHEMA, created()));
        RowChange first = change(record);
        RowChange second = change(record);

        assertThat(text(first.schema().key())).isEqualTo(KEY_SCHEMA);
        assertThat(text(first.schema().value())).isEqualTo(SCHEMA);
        assertThat(second.schema()).isSameAs(first.schema());
        assertThat(text(second.after())).isEqualTo(ROW);
    }

    @Test
    void noticesThatASchemaChangesAndComesBack() throws Exception {
        String other = SCHEMA.replace("int32", "int64");
        RowChange first = change(record(KEY, wrapped(SCHEMA, created())));
        RowChange changed = change(record(KEY, wrapped(other, created())));
        RowChange back = change(record(KEY, wrapped(SCHEMA, created())));

        assertThat(text(changed.schema().value())).isEqualTo(other);
        assertThat(back.schema()).isSameAs(first.schema());
    }

    @Test
    void readsAWrapperInAnyOrderAndWithSpaces() throws Exception {
        String value = " { \"payload\" : " + created() + " ,\n \"schema\" : " + SCHEMA + " } ";
        RowChange change = change(record(KEY, value));

        assertThat(text(change.after())).isEqualTo(ROW);
        assertThat(text(change.schema().value())).isEqualTo(SCHEMA);
    }

    @Test
    void findsAKnownSchemaInFrontOfAPayloadThatIsCutOff() throws Exception {
        String whole = wrapped(SCHEMA, created());
        change(record(KEY, whole));

        for (int end = 0; end < whole.length(); end++) {
            String cut = whole.substring(0, end);
            assertThatThrownBy(() -> parser.parse(record(KEY, cut))).isInstanceOf(DataException.class);
        }
        assertThatThrownBy(() -> parser.parse(record(KEY, whole + "}"))).isInstanceOf(DataException.class);
        assertThat(text(change(record(KEY, whole + " \n")).after())).isEqualTo(ROW);
    }

    @Test
    void takesAKeyWhoseColumnsAreCalledSchemaAndPayloadForAKey() throws Exception {
        String key = "{\"schema\":\"public\",\"payload\":7}";

        assertThat(text(change(record(key, created())).key())).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"c,CREATE", "u,UPDATE", "r,READ"})
    void readsOperationsThatLeaveARow(String code, Operation operation) throws Exception {
        RowChange change = change(record(KEY, envelope(code, ROW, ROW, SOURCE)));

        assertThat(change.operation()).isEqualTo(operation);
        assertThat(text(change.before())).isEqualTo(ROW);
    }

    @Test
    void readsADelete() throws Exception {
        RowChange change = change(record(KEY, envelope("d", "{\"id\":1}", "null", SOURCE)));

        assertThat(change.isDelete()).isTrue();
        assertThat(text(change.before())).isEqualTo(KEY);
        assertThat(change.after()).isNull();
    }

    @Test
    void readsATombstoneAsADelete() throws Exception {
        RowChange change = change(record(wrapped(KEY_SCHEMA, KEY), null, version("42")));

        assertThat(change.isDelete()).isTrue();
        assertThat(change.table()).isEqualTo("public.users");
        assertThat(change.version()).isEqualTo(42);
        assertThat(text(change.key())).isEqualTo(KEY);
        assertThat(change.source().block()).isNull();
    }

    @Test
    void knowsTheTypesOfATombstonesKey() throws Exception {
        String dateKey =
                KEY_SCHEMA.replace("\"type\":\"int32\"", "\"name\":\"io.debezium.time.Date\",\"type\":\"int32\"");
        RowChange change = change(record(wrapped(dateKey, KEY), null, version("42")));

        assertThat(Columns.ofKey(change.schema()).get("id").kind()).isEqualTo(ColumnKind.DATE);
        assertThat(Columns.ofRow(change.schema()).all()).isEmpty();
    }

    /** The row's schema tells more of the key's columns than the key's own. */
    @Test
    void knowsOfATombstoneBehindARowWhatTheRowsSchemaTells() throws Exception {
        RowChange row = change(record(wrapped(KEY_SCHEMA, KEY), wrapped(SCHEMA, created())));
        String otherKey = KEY_SCHEMA.replace("int32", "int64");

        assertThat(change(record(wrapped(KEY_SCHEMA, KEY), null, version("42"))).schema())
                .isSameAs(row.schema());
        assertThat(change(record(wrapped(otherKey, KEY), null, version("42"))).schema())
                .satisfies(schema -> assertThat(text(schema.key())).isEqualTo(otherKey))
                .satisfies(schema -> assertThat(schema.value()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "\"last\"", "\"first\"", "\"incremental\"", "true"})
    void knowsRowsOfASnapshot(String snapshot) throws Exception {
        String source = SOURCE.replace("\"snapshot\":\"false\"", "\"snapshot\":" + snapshot);

        assertThat(change(record(KEY, envelope("r", "null", ROW, source)))
                        .source()
                        .snapshot())
                .isTrue();
    }

    @Test
    void takesTheVersionOfTheHeader() throws Exception {
        assertThat(change(record(KEY, created(), version("00123"))).version()).isEqualTo(123);
        assertThat(change(record(KEY, created(), version(Long.toString(Long.MAX_VALUE))))
                        .version())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void passesOverWhatCarriesNoRow() throws Exception {
        assertThat(reason(inTopic("__debezium-heartbeat.dbserver1", "{\"serverName\":\"x\"}", "{\"ts_ms\":1}")))
                .isEqualTo(Reason.HEARTBEAT);
        assertThat(reason(inTopic("__debezium-heartbeat.dbserver1", "{\"serverName\":\"x\"}", null)))
                .isEqualTo(Reason.HEARTBEAT);
        assertThat(reason(record(null, wrapped(SCHEMA, "{\"ts_ms\":1}")))).isEqualTo(Reason.HEARTBEAT);
        assertThat(reason(record("{\"id\":\"571\"}", "{\"status\":\"BEGIN\",\"id\":\"571\",\"event_count\":null}")))
                .isEqualTo(Reason.TRANSACTION);
        assertThat(reason(record(null, "{\"source\":{},\"ddl\":\"x\",\"tableChanges\":[]}")))
                .isEqualTo(Reason.SCHEMA_CHANGE);
        assertThat(reason(record(null, "{\"op\":\"m\",\"source\":{},\"message\":{}}")))
                .isEqualTo(Reason.LOGICAL_MESSAGE);
        assertThat(reason(record(null, null))).isEqualTo(Reason.EMPTY);
    }

    @Test
    void doesNotKeepSilentAboutATruncatedTable() {
        assertThatThrownBy(() -> parser.parse(record(null, envelope("t", "null", "null", SOURCE))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the targets still hold its rows");
    }

    private RowChange change(ConsumedRecord record) throws DataException {
        return ((Change) parser.parse(record)).change();
    }

    private Reason reason(ConsumedRecord record) throws DataException {
        return ((Skipped) parser.parse(record)).reason();
    }
}

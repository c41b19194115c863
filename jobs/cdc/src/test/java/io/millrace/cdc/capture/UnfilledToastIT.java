package io.millrace.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cdc.functions.FillToast;
import io.millrace.cdc.functions.RowKey;
import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.source.postgres.Unchanged;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A large value that Postgres did not send, of a table that has changed since. */
@WithServers(Server.POSTGRES)
class UnfilledToastIT {

    private static final ColumnForms.Form TEXT = new ColumnForms.Form(25, 700);

    private static final RowSchema SCHEMA = new RowSchema(
            bytes("{\"fields\":[{\"field\":\"id\",\"type\":\"int32\"}]}"),
            bytes("{\"fields\":[{\"field\":\"after\",\"fields\":[{\"field\":\"id\",\"type\":\"int32\"},"
                    + "{\"field\":\"bio\",\"type\":\"string\"}]}]}"),
            new ColumnForms(0, Map.of("bio", TEXT, "note", TEXT)));

    private TestDatabase database;
    private KeyedOneInputStreamOperatorTestHarness<String, RowChange, RowChange> harness;

    @BeforeEach
    void createTable(Addresses addresses) throws Exception {
        database = new TestDatabase(addresses, "unfilled");
        database.execute("CREATE TABLE people (id int PRIMARY KEY, bio text)", "INSERT INTO people VALUES (1, 'a')");
        open(database.address());
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
        database.close();
    }

    @Test
    void isReadBackWhileTheTableIsWhatItWas() throws Exception {
        harness.processElement(gap(), 0);

        RowChange filled = harness.extractOutputValues().get(0);
        assertThat(new String(filled.after(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":1,\"bio\":\"a\"}");
    }

    @Test
    void isADeadLetterIfItsColumnIsGone() throws Exception {
        database.execute("ALTER TABLE people DROP COLUMN bio");

        harness.processElement(gap(), 0);

        DeadLetter letter = onlyLetter();
        assertThat(letter.stage()).isEqualTo("capture");
        assertThat(letter.version()).isEqualTo(77);
        assertThat(letter.errorMessage())
                .startsWith("column bio holds a large value that Postgres did not send")
                .contains("because the table has changed since");
        assertThat(new String(letter.record().value(), StandardCharsets.UTF_8)).contains("\"id\":1");
    }

    @Test
    void isADeadLetterIfItsColumnHasAnotherType() throws Exception {
        database.execute("ALTER TABLE people ADD tags text", "UPDATE people SET tags = 'no list'");
        RowSchema list = new RowSchema(
                SCHEMA.key(),
                bytes("{\"fields\":[{\"field\":\"after\",\"fields\":[{\"field\":\"id\",\"type\":\"int32\"},"
                        + "{\"field\":\"tags\",\"type\":\"array\",\"items\":{\"type\":\"int32\"}}]}]}"));
        RowChange gap = change("{\"id\":1,\"tags\":" + Unchanged.JSON + "}", 77);

        harness.processElement(
                new RowChange(
                        gap.table(),
                        gap.operation(),
                        gap.version(),
                        gap.key(),
                        null,
                        gap.after(),
                        list,
                        gap.source(),
                        null),
                0);

        assertThat(onlyLetter().errorMessage()).contains("because the table has changed since");
    }

    /** What Postgres prints of it is a text, too, and would be taken for the one that the change had. */
    @Test
    void isADeadLetterIfItsColumnIsAnotherKindOfTextByNow() throws Exception {
        database.execute("ALTER TABLE people ALTER bio TYPE bytea USING convert_to(bio, 'UTF8')");

        harness.processElement(gap(), 0);

        assertThat(onlyLetter().errorMessage())
                .contains("because the table has changed since: its type was number 25 in pg_type and is number 17");
    }

    @Test
    void isReadBackFromATextOfAnotherLength() throws Exception {
        database.execute("ALTER TABLE people ALTER bio TYPE varchar(9)");

        harness.processElement(gap(), 0);

        RowChange filled = harness.extractOutputValues().get(0);
        assertThat(new String(filled.after(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":1,\"bio\":\"a\"}");
    }

    /** The letter may have held a newer value than what was remembered, which must not come back with a later change. */
    @Test
    void isReadAnewByTheChangeAfterTheLetter() throws Exception {
        String old = "a".repeat(2_000);
        database.execute("ALTER TABLE people ADD note text", "UPDATE people SET bio = 'newer'");
        harness.processElement(change("{\"id\":1,\"bio\":\"" + old + "\",\"note\":null}", 60), 0);
        database.execute("ALTER TABLE people DROP COLUMN note");
        harness.processElement(change("{\"id\":1,\"bio\":\"newer\",\"note\":" + Unchanged.JSON + "}", 70), 0);

        harness.processElement(change("{\"id\":1,\"bio\":" + Unchanged.JSON + "}", 80), 0);

        assertThat(harness.getSideOutput(FillToast.DEAD_LETTERS)).hasSize(1);
        assertThat(harness.extractOutputValues())
                .extracting(row -> new String(row.after(), StandardCharsets.UTF_8))
                .last()
                .isEqualTo("{\"id\":1,\"bio\":\"newer\"}");
    }

    @Test
    void isADeadLetterIfItsTableIsGone() throws Exception {
        database.execute("DROP TABLE people");

        harness.processElement(gap(), 0);

        assertThat(onlyLetter().errorMessage()).contains("does not exist");
    }

    /** Every row would be concerned, and somebody can mend it: the job fails until then, and loses nothing. */
    @Test
    void failsTheJobIfTheUserMayNoLongerReadIt() throws Exception {
        database.execute(
                "DROP ROLE IF EXISTS unfilled_reader",
                "CREATE ROLE unfilled_reader LOGIN PASSWORD 'secret'",
                "GRANT USAGE ON SCHEMA unfilled TO unfilled_reader");
        PostgresAddress all = database.address();
        harness.close();
        open(new PostgresAddress(all.host(), all.port(), all.database(), "unfilled_reader", all.password()));

        assertThatThrownBy(() -> harness.processElement(gap(), 0))
                .hasMessageContaining("permission denied")
                .hasMessageContaining("GRANT SELECT ON \"unfilled\".\"people\" TO \"unfilled_reader\"");
        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(harness.getSideOutput(FillToast.DEAD_LETTERS)).isNullOrEmpty();
    }

    private void open(PostgresAddress address) throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FillToast("cdc-capture", address)), new RowKey(), Types.STRING);
        harness.open();
    }

    private DeadLetter onlyLetter() {
        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(harness.getSideOutput(FillToast.DEAD_LETTERS)).hasSize(1);
        return harness.getSideOutput(FillToast.DEAD_LETTERS).element().getValue();
    }

    private static RowChange gap() {
        return change("{\"id\":1,\"bio\":" + Unchanged.JSON + "}", 77);
    }

    private static RowChange change(String after, long version) {
        SourcePosition position = new SourcePosition(version, version - 1, 1_000, false, bytes("{}"));
        byte[] key = bytes("{\"id\":1}");
        return new RowChange(
                "unfilled.people", Operation.UPDATE, version, key, null, bytes(after), SCHEMA, position, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

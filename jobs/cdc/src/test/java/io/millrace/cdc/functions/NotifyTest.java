package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.sink.notification.Notification;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.ToldChange;
import io.millrace.common.sink.redis.KeyTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 2_000;

    private KeyedOneInputStreamOperatorTestHarness<String, RowChange, Notification> harness =
            harness(route("user:{id}", Set.of()));

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void tellsOnlyWhatHasChanged() throws Exception {
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        process(update(5, row("Ada", "y")));

        assertThat(told()).singleElement().satisfies(update -> {
            assertThat(update.path("changed")).isEqualTo(JSON.readTree("{\"bio\":\"y\"}"));
            assertThat(update.path("table").asText()).isEqualTo("public.users");
            assertThat(update.path("operation").asText()).isEqualTo("update");
            assertThat(update.path("key")).isEqualTo(JSON.readTree("{\"id\":1}"));
            assertThat(update.path("version").asText()).isEqualTo("0000000000000000005");
            assertThat(update.path("at").asText()).isEqualTo("2023-11-14T22:13:20Z");
            assertThat(update.path("id").asText()).hasSize(32);
        });
        Notification notification = harness.extractOutputValues().get(0);
        assertThat(notification.room()).isEqualTo("user:1");
        assertThat(notification.event()).isEqualTo("profile-updated");
    }

    @Test
    void tellsNothingOfSnapshotsFirstSightsAndChangesOfNothing() throws Exception {
        process(update(3, row("Ada", "x")));
        process(update(4, row("Ada", "x")));
        process(Changes.snapshotRow(1, row("Ada", "new")).withVersion(6));
        process(update(7, row("Ada", "new")));

        assertThat(told()).isEmpty();
    }

    @Test
    void ignoresWhatIsOlderThanItKnows() throws Exception {
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        process(update(9, row("Ada", "y")));
        process(update(8, row("Ada", "x")));
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(2));
        process(update(9, row("Ada", "y")));

        assertThat(told()).hasSize(1);
    }

    @Test
    void tellsChosenColumnsOnly() throws Exception {
        reopen(route("user:{id}", Set.of("name")));
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        process(update(5, row("Ada", "y")));
        process(update(6, row("Grace", "z")));

        assertThat(changed()).containsExactly("{\"name\":\"Grace\"}");
    }

    @Test
    void tellsNullsAndColumnsThatAreNewToTheTable() throws Exception {
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        process(update(5, "{\"id\":1,\"name\":\"Ada\",\"bio\":null,\"nick\":null}"));
        process(update(6, "{\"id\":1,\"name\":\"Ada\",\"bio\":null,\"nick\":\"al\",\"age\":36}"));
        process(update(7, "{\"id\":1,\"name\":\"Ada\",\"bio\":null}"));

        assertThat(changed()).containsExactly("{\"bio\":null}", "{\"age\":36,\"nick\":\"al\"}");
    }

    @Test
    void takesTheRowBeforeForOneThatItNeverMet() throws Exception {
        process(withBefore(update(5, row("Ada", "y")), row("Ada", "x")));

        assertThat(changed()).containsExactly("{\"bio\":\"y\"}");
    }

    /** Of an identity by an index, Postgres tells the columns of that index, and the others are null. */
    @Test
    void doesNotTakeAPartOfTheRowForTheWhole() throws Exception {
        process(withBefore(update(5, row("Ada", "y")), "{\"id\":null,\"name\":\"Eve\",\"bio\":null}"));

        assertThat(told()).isEmpty();
    }

    @Test
    void repeatsAnIdAndGivesEachChangeItsOwn() throws Exception {
        String first = idsOf(row("Ada", "y"), row("Ada", "z")).get(0);
        List<String> again = idsOf(row("Ada", "y"), row("Ada", "z"));

        assertThat(again).doesNotHaveDuplicates().first().isEqualTo(first);
        assertThat(idsOf(row("Ada", "other"), row("Ada", "z"))).doesNotContain(first);
    }

    private List<String> idsOf(String second, String third) throws Exception {
        reopen(route("user:{id}", Set.of()));
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        process(update(5, second));
        process(update(6, third));
        return told().stream().map(update -> update.path("id").asText()).toList();
    }

    @Test
    void tellsInsertsAndDeletesIfTheyAreChosen() throws Exception {
        reopen(new NotificationRoute(
                Changes.TABLE, "e", "/", KeyTemplate.parse("u:{id}"), EnumSet.allOf(ToldChange.class), Set.of(), 999));
        process(change(Operation.CREATE, 5, row("Ada", "x")));
        process(change(Operation.DELETE, 6, null));

        assertThat(told())
                .extracting(update -> update.path("operation").asText())
                .containsExactly("insert", "delete");
        assertThat(changed()).containsExactly("{\"bio\":\"x\",\"name\":\"Ada\"}", "{}");
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void tellsADeleteOnceThoughATombstoneFollows() throws Exception {
        reopen(new NotificationRoute(
                Changes.TABLE, "e", "/", KeyTemplate.parse("u:{id}"), Set.of(ToldChange.DELETE), Set.of(), 999));
        RowChange delete = change(Operation.DELETE, 6, null);
        process(change(Operation.CREATE, 5, row("Ada", "x")));
        process(delete);
        process(Changes.readFrom("users", delete));
        assertThat(told()).hasSize(1);

        process(change(Operation.CREATE, 7, row("Ada", "x")));
        process(Changes.readFrom("users", change(Operation.DELETE, 8, null)));
        assertThat(told()).as("one that came alone").hasSize(2);
    }

    @Test
    void forgetsARowThatIsGone() throws Exception {
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

        process(change(Operation.DELETE, 6, null));

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(told()).isEmpty();
    }

    @Test
    void makesRoomsOfAnyColumnAndOfNobodyNone() throws Exception {
        reopen(route("team:{name}", Set.of("bio")));
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        process(update(5, row("a:1 #", "y")));
        process(update(6, "{\"id\":1,\"name\":null,\"bio\":\"z\"}"));

        assertThat(harness.extractOutputValues())
                .extracting(Notification::room)
                .containsExactly("team:a%3A1%20#", null);
    }

    @Test
    void keepsWholeNumbersThatJavaScriptCannotHold() throws Exception {
        process(Changes.snapshotRow(1, "{\"id\":1}").withVersion(1));
        process(update(
                5, "{\"id\":1,\"safe\":9007199254740991,\"big\":9007199254740992,\"list\":[-9007199254740993]}"));

        assertThat(changed())
                .containsExactly(
                        "{\"big\":\"9007199254740992\",\"list\":[\"-9007199254740993\"],\"safe\":9007199254740991}");
    }

    @Test
    void letsNothingUnreadableOrTooLargeVanish() throws Exception {
        process(Changes.snapshotRow(1, row("Ada", "x")).withVersion(1));
        process(update(5, row("Ada", "y".repeat(LARGEST))));
        process(update(6, "{\"id\":1,"));

        assertThat(told()).isEmpty();
        assertThat(harness.getSideOutput(Notify.DEAD_LETTERS))
                .extracting(StreamRecord::getValue)
                .extracting(DeadLetter::stage)
                .containsExactly("notifications.public.users", "notifications.public.users");
        assertThat(harness.getSideOutput(Notify.DEAD_LETTERS).peek().getValue().errorMessage())
                .contains("at most 2000 are sent", "targets.notifications.largest");
    }

    private static NotificationRoute route(String room, Set<String> columns) {
        return new NotificationRoute(
                Changes.TABLE,
                "profile-updated",
                "/",
                KeyTemplate.parse(room),
                Set.of(ToldChange.UPDATE),
                columns,
                LARGEST);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, RowChange, Notification> harness(
            NotificationRoute route) {
        try {
            var opened = new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(new Notify("cdc-sync", List.of(route))), new RowKey(), Types.STRING);
            opened.open();
            return opened;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void reopen(NotificationRoute route) throws Exception {
        harness.close();
        harness = harness(route);
    }

    private static String row(String name, String bio) {
        return "{\"id\":1,\"name\":\"" + name + "\",\"bio\":\"" + bio + "\"}";
    }

    private static RowChange update(long version, String after) {
        return change(Operation.UPDATE, version, after);
    }

    private static RowChange change(Operation operation, long version, String after) {
        return Changes.change(operation, 1, after, version, 0).withVersion(version);
    }

    private static RowChange withBefore(RowChange change, String before) {
        return new RowChange(
                change.table(),
                change.operation(),
                change.version(),
                change.key(),
                Changes.bytes(before),
                change.after(),
                change.schema(),
                change.source(),
                change.origin());
    }

    private void process(RowChange change) throws Exception {
        harness.processElement(change, 0);
    }

    private List<JsonNode> told() {
        return harness.extractOutputValues().stream()
                .map(notification -> parse(notification.data()))
                .toList();
    }

    private List<String> changed() {
        return told().stream().map(update -> update.path("changed").toString()).toList();
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

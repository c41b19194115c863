package io.millrace.cdc.functions;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cdc.model.LeftOut;
import io.millrace.cdc.model.Place;
import io.millrace.common.config.Secret;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.ToldChange;
import io.millrace.common.sink.redis.KeyTemplate;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.SourceBlock;
import io.millrace.common.source.postgres.Unchanged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle.Mode;
import org.apache.flink.runtime.state.OperatorStateHandle.StateMetaInfo;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/**
 * State as it was written once, in src/test/resources/golden: the functions of today must go on from it. To write it
 * anew, which breaks the savepoints of everybody, run with {@code -Dmillrace.golden=write}.
 */
class GoldenStateTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = "write".equals(System.getProperty("millrace.golden"));
    private static final String BIO = "\"" + "b".repeat(1_500) + "\"";
    private static final long START = 10_000;
    private static final PostgresAddress NOWHERE = new PostgresAddress("127.0.0.1", 1, "none", "none", new Secret(""));

    /** Makes a harness that was not opened yet. */
    interface Maker<H extends AbstractStreamOperatorTestHarness<?>> {
        H make() throws Exception;
    }

    /** Fills a function's state. */
    interface Filler<H> {
        void fill(H harness) throws Exception;
    }

    @Test
    void aSnapshotGoesOnWithTheVersionItBegan() throws Exception {
        try (var harness = restored(
                AssignVersion.UID,
                () -> new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(
                        new AssignVersion(2, CaptureStart.at(WRITE ? START : 9 * START), List.of(Changes.TABLE)))),
                it -> it.setProcessingTime(1))) {
            harness.processElement(Changes.snapshotRow(1, "{}"), 0);

            assertThat(last(harness).version()).isEqualTo(Version.of(2, START));
        }
    }

    /** See {@link SameEverywhere}. */
    @Test
    void operatorsInTheChainOfPostgresHaveNoUnionList() throws Exception {
        assertThat(modes(AssignVersion.UID)).containsOnly(Mode.BROADCAST);
        assertThat(modes(KeepRows.UID)).containsOnly(Mode.BROADCAST);
        assertThat(modes(ParseDebezium.UID))
                .as("its job lets no task end early")
                .containsOnly(Mode.UNION);
    }

    private static Set<Mode> modes(String uid) throws Exception {
        return golden(uid).getManagedOperatorState().stream()
                .flatMap(state -> state.getStateNameToPartitionOffsets().values().stream())
                .map(StateMetaInfo::getDistributionMode)
                .collect(toSet());
    }

    @Test
    void largeValuesAreRemembered() throws Exception {
        try (var harness = restored(
                FillToast.UID + ".with-forms",
                GoldenStateTest::fillToast,
                it -> it.processElement(altered(Changes.snapshotRow(1, bio(BIO))), 0))) {
            harness.processElement(altered(updateBio(1, Unchanged.JSON)), 0);

            assertThat(Changes.text(last(harness).after())).isEqualTo(bio(BIO));
        }
    }

    @Test
    void columnsWithLargeValuesAreRemembered() throws Exception {
        for (String golden : List.of(FillToast.UID + ".with-columns", FillToast.UID + ".with-forms")) {
            try (var harness = fillToast()) {
                harness.initializeState(golden(golden));
                harness.open();
                assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
                harness.processElement(altered(updateBio(1, "\"short\"")), 0);

                assertThat(harness.numKeyedStateEntries()).isZero();
            }
        }
    }

    /** No one knows whether their columns were altered since they were seen. */
    @Test
    void largeValuesOfAnEarlierVersionAreReadBack() throws Exception {
        for (String golden : List.of(FillToast.UID, FillToast.UID + ".with-columns")) {
            try (var harness = fillToast()) {
                harness.initializeState(golden(golden));
                harness.open();

                assertThatThrownBy(() -> harness.processElement(altered(updateBio(1, Unchanged.JSON)), 0))
                        .hasMessageContaining("a row of public.users cannot be read back");
            }
        }
    }

    /** The version before did not say which columns have large values, and that is so in all that follows. */
    @Test
    void largeValuesOfAnEarlierVersionAreForgotten() throws Exception {
        OperatorSubtaskState later;
        try (var harness = fillToast()) {
            harness.initializeState(golden(FillToast.UID));
            harness.open();
            harness.processElement(altered(Changes.snapshotRow(2, bio(BIO))), 0);
            later = harness.snapshot(1, 1);
        }
        try (var harness = fillToast()) {
            harness.initializeState(later);
            harness.open();
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            harness.processElement(altered(updateBio(1, "\"short\"")), 0);
            harness.processElement(altered(updateBio(2, "\"short\"")), 0);

            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, RowChange, RowChange> fillToast() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FillToast("cdc-capture", NOWHERE, Duration.ofMillis(300))),
                new RowKey(),
                Types.STRING);
    }

    private static RowChange altered(RowChange change) {
        return Changes.altered(700, change);
    }

    private static RowChange updateBio(int id, String bio) {
        return Changes.change(Operation.UPDATE, id, bio(bio), 50, 40);
    }

    private static String bio(String value) {
        return "{\"id\":1,\"bio\":" + value + "}";
    }

    /** Written by a version that could add no tables; what is saved now says nothing of them. */
    @Test
    void theTablesOfAnEarlierVersionAreKnown() throws Exception {
        OperatorSubtaskState golden = golden(KeepRows.UID);
        OperatorSubtaskState saved;
        try (var harness = keepRows(List.of("public.new"), "public.users", "public.new")) {
            harness.initializeState(golden);
            harness.open();
            saved = harness.snapshot(1, 1);
        }
        try (var untold = keepRows(List.of(), "public.users", "public.new")) {
            assertThatThrownBy(() -> untold.initializeState(golden))
                    .isInstanceOf(UntoldTableException.class)
                    .hasMessageStartingWith("public.new: not in the savepoint");
        }
        try (var later = keepRows(List.of(), "public.users", "public.new")) {
            later.initializeState(saved);
            later.open();
            assertThat(later.snapshot(2, 2)).isNotNull();
        }
    }

    private static OneInputStreamOperatorTestHarness<RowChange, RowChange> keepRows(
            List<String> unpublished, String... tables) throws Exception {
        PostgresChangesConfig config =
                PostgresChangesConfig.of(NOWHERE, List.of(tables), "slot", "publication", "dbserver1");
        return new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new KeepRows("cdc-capture", config, new CaptureStart(9, 9, unpublished))));
    }

    @Test
    void thePlacesOfTablesAreKnown() throws Exception {
        try (var harness =
                        restored(RouteChanges.UID, () -> route("elasticsearch users"), it -> it.setProcessingTime(1));
                var another = route("elasticsearch people")) {
            OperatorSubtaskState golden = golden(RouteChanges.UID);

            assertThatThrownBy(() -> another.initializeState(golden)).isInstanceOf(NewPlaceException.class);
        }
    }

    private static OneInputStreamOperatorTestHarness<RowChange, Void> route(String place) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(
                new RouteChanges(Map.of(), Map.of(Changes.TABLE, Set.of(new Place(place))), LeftOut.NOTHING)));
    }

    @Test
    void rowsThatPeopleAreToldOfAreKnown() throws Exception {
        NotificationRoute route = new NotificationRoute(
                Changes.TABLE, "e", "/", KeyTemplate.parse("u:{id}"), Set.of(ToldChange.UPDATE), Set.of(), 999);
        try (var harness = restored(
                Notify.UID,
                () -> new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new Notify("cdc-sync", List.of(route))), new RowKey(), Types.STRING),
                it -> it.processElement(
                        Changes.snapshotRow(1, "{\"id\":1,\"bio\":\"x\",\"age\":36}")
                                .withVersion(7),
                        0))) {
            harness.processElement(update(6, "{\"id\":1,\"bio\":\"old\",\"age\":35}"), 0);
            harness.processElement(update(8, "{\"id\":1,\"bio\":\"y\",\"age\":36}"), 0);

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(told -> assertThat(Changes.text(told.data())).contains("\"changed\":{\"bio\":\"y\"}"));
        }
    }

    private static RowChange update(long version, String after) {
        return Changes.change(Operation.UPDATE, 1, after, version, 0).withVersion(version);
    }

    @Test
    void whatVanishedIsStillSwept() throws Exception {
        try (var harness = restored(
                Sweep.UID,
                () -> new KeyedTwoInputStreamOperatorTestHarness<>(
                        new Sweep(START, new SourceBlock("dbserver1", "shop")),
                        new RowKey(),
                        new RowKey(),
                        Types.STRING),
                it -> it.processElement2(
                        Changes.change(Operation.UPDATE, 1, "{}", 500, 0).withVersion(500), 0))) {
            harness.processWatermark1(new Watermark(SnapshotEnd.SWEEP));
            harness.processWatermark2(Watermark.MAX_WATERMARK);

            assertThat(last(harness).isDelete()).isTrue();
            assertThat(last(harness).schema()).isEqualTo(Changes.SCHEMA);
        }
    }

    @Test
    void aSweepThatWasNotAnnouncedIsAnnouncedByItsSnapshotsVersion() throws Exception {
        try (var harness = restored(
                AnnounceSweep.UID,
                () -> new OneInputStreamOperatorTestHarness<>(
                        new AnnounceSweep(List.of(Changes.TABLE), WRITE ? START : 9 * START, true)),
                it -> it.processElement(Changes.snapshotRow(1, "{}"), 0))) {
            harness.processWatermark(new Watermark(SnapshotEnd.SWEEP));

            assertThat(last(harness).isSweep()).isTrue();
            assertThat(last(harness).version()).isEqualTo(START);
        }
    }

    @Test
    void aRowOfAnAddedTableIsStillOlderThanItsChange() throws Exception {
        CaptureStart added = new CaptureStart(900, 700, List.of(Changes.TABLE));
        try (var harness = restored(
                KeepNewest.UID,
                () -> new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeepNewest(List.of(Changes.TABLE, "public.known"), added), new RowKey(), Types.STRING),
                it -> it.processElement(
                        Changes.change(Operation.UPDATE, 1, "{}", 950, 0).withVersion(950), 0))) {
            harness.processElement(Changes.snapshotRow(1, "{}").withVersion(700), 0);
            harness.processElement(Changes.snapshotRow(2, "{}").withVersion(700), 0);

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(row -> assertThat(Changes.text(row.key())).contains("2"));
        }
    }

    @Test
    void aTruncatedTableIsStillSwept() throws Exception {
        try (var harness = restored(
                SweepTruncated.UID,
                () -> new OneInputStreamOperatorTestHarness<>(new SweepTruncated(null, Set.of(Changes.TABLE))),
                it -> {
                    it.processElement(
                            Changes.change(Operation.TRUNCATE, 0, null, 900, 0).withVersion(900), 0);
                    it.processElement(
                            Changes.change(Operation.UPDATE, 1, "{}", 950, 0).withVersion(950), 0);
                })) {
            harness.notifyOfCompletedCheckpoint(1);

            assertThat(last(harness).isSweep()).isTrue();
            assertThat(last(harness).version()).isEqualTo(900);
        }
    }

    @Test
    void aLoneTombstoneFollowsWhatItsPartitionHeld() throws Exception {
        try (var harness = restored(
                ParseDebezium.UID,
                () -> new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new ParseDebezium("cdc-sync", Generations.only(1), JsonLimits.DEFAULT))),
                it -> it.processElement(
                        record("{\"before\":null,\"after\":{\"id\":1},\"op\":\"c\","
                                + "\"source\":{\"schema\":\"public\",\"table\":\"users\",\"lsn\":900}}"),
                        0))) {
            harness.processElement(record(null), 0);

            assertThat(last(harness).version()).isEqualTo(Version.of(1, 900));
        }
    }

    static <H extends AbstractStreamOperatorTestHarness<?>> H restored(String uid, Maker<H> maker, Filler<H> filler)
            throws Exception {
        if (WRITE) {
            Files.createDirectories(FOLDER);
            write(file(uid), maker.make(), filler);
        }
        H harness = maker.make();
        harness.initializeState(golden(uid));
        harness.open();
        return harness;
    }

    static OperatorSubtaskState golden(String uid) throws Exception {
        return OperatorSnapshotUtil.readStateHandle(file(uid));
    }

    private static String file(String uid) {
        return FOLDER.resolve(uid + ".state").toString();
    }

    private static <H extends AbstractStreamOperatorTestHarness<?>> void write(String file, H harness, Filler<H> filler)
            throws Exception {
        try (harness) {
            harness.open();
            filler.fill(harness);
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
        }
    }

    private static RowChange last(AbstractStreamOperatorTestHarness<RowChange> harness) {
        List<RowChange> values = harness.extractOutputValues();
        return values.get(values.size() - 1);
    }

    private static ConsumedRecord record(String value) {
        return new ConsumedRecord(
                "dbserver1.public.users",
                0,
                5,
                1_000,
                Changes.bytes("{\"id\":1}"),
                value == null ? null : Changes.bytes(value),
                List.of());
    }
}

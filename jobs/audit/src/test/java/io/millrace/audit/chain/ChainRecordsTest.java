package io.millrace.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.manifest.Head;
import io.millrace.audit.parse.EventLimits;
import io.millrace.audit.parse.PersonalFields;
import io.millrace.audit.tick.NewestRecord;
import io.millrace.audit.tick.Tick;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records become a chain; what the archive holds is left out; days are closed. */
class ChainRecordsTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final long MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 3);
    private final ScriptedKeys keys = new ScriptedKeys();
    private final Map<Integer, Head> archived = new HashMap<>();
    private KeyedTwoInputStreamOperatorTestHarness<Integer, ConsumedRecord, Tick, Step> harness;

    private static ChainOptions options(@Nullable LocalDate acceptedAhead) {
        return new ChainOptions(
                "test",
                "audit-logs",
                "audit",
                EventLimits.DEFAULT,
                PersonalFields.DEFAULT,
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                acceptedAhead,
                Backoff.defaults());
    }

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private KeyedTwoInputStreamOperatorTestHarness<Integer, ConsumedRecord, Tick, Step> harness() throws Exception {
        return harness(null);
    }

    private KeyedTwoInputStreamOperatorTestHarness<Integer, ConsumedRecord, Tick, Step> harness(
            @Nullable LocalDate acceptedAhead) throws Exception {
        ChainRecords function = new ChainRecords(
                options(acceptedAhead),
                () -> keys,
                partition -> archived.getOrDefault(partition, new Head(-1, genesis(partition), MONDAY)),
                () -> MIDNIGHT + 72 * HOUR);
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(function), ConsumedRecord::partition, Tick::partition, Types.INT);
    }

    private static Hash genesis(int partition) {
        return new Chain(new ChainId("test", "audit-logs", partition)).genesis();
    }

    private void read(int partition, long offset, long timestamp, String value) throws Exception {
        harness.processElement1(new StreamRecord<>(new ConsumedRecord(
                "audit-logs",
                partition,
                offset,
                timestamp,
                "anna".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                List.of())));
    }

    private void read(long offset, long timestamp) throws Exception {
        read(3, offset, timestamp, "{\"eventType\":\"READ\",\"userId\":\"anna\"}");
    }

    private List<Step> steps() {
        return harness.extractOutputValues();
    }

    private Entry entry(int step) {
        return steps().get(step).entry();
    }

    @Test
    void chainsThePartitionsRecordsEachByItself() throws Exception {
        read(10, MIDNIGHT);
        read(4, 7, MIDNIGHT, "{\"eventType\":\"READ\"}");
        read(13, MIDNIGHT + 1);

        Chain chain = new Chain(CHAIN);
        assertThat(steps()).extracting(Step::partition).containsExactly(3, 4, 3);
        assertThat(entry(0).previousHash()).isEqualTo(chain.genesis());
        assertThat(entry(1).previousHash()).isEqualTo(genesis(4));
        assertThat(entry(2).previousHash()).isEqualTo(entry(0).hash());
        assertThat(entry(2).hash()).isEqualTo(chain.hash(13, MIDNIGHT + 1, entry(2).content(), entry(0).hash()));
        assertThat(harness.numKeyedStateEntries()).as("a head for each").isEqualTo(2);
    }

    @Test
    void goesOnWhereItWasRestored() throws Exception {
        read(10, MIDNIGHT);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        read(11, MIDNIGHT + 1);
        Entry wanted = entry(1);
        harness.close();

        harness = harness();
        harness.initializeState(state);
        harness.open();
        read(10, MIDNIGHT);
        read(11, MIDNIGHT + 1);

        assertThat(steps()).hasSize(1);
        assertThat(entry(0)).usingRecursiveComparison().isEqualTo(wanted);
    }

    /** The person was erased since: the records are in the archive, and nobody asks for the key. */
    @Test
    void leavesOutWhatTheArchiveHoldsBeforeItAsksForAKey() throws Exception {
        Hash hash = genesis(9);
        archived.put(3, new Head(11, hash, MONDAY));
        keys.erasedUpTo = 100;

        read(10, MIDNIGHT);
        read(11, MIDNIGHT);
        assertThat(steps()).isEmpty();
        assertThat(keys.asked).isEmpty();
        read(12, MIDNIGHT);

        assertThat(entry(0).previousHash()).isEqualTo(hash);
        assertThat(entry(0).fields().kind()).isEqualTo(Kind.ERASED);
    }

    @Test
    void endsDaysBeforeTheFirstRecordOfALaterOne() throws Exception {
        read(1, MIDNIGHT);
        read(2, MIDNIGHT + 48 * HOUR);
        read(3, MIDNIGHT + HOUR);

        assertThat(steps())
                .extracting(Step::day)
                .containsExactly(MONDAY, MONDAY, MONDAY.plusDays(1), MONDAY.plusDays(2), MONDAY.plusDays(2));
        assertThat(steps()).extracting(step -> step.entry() == null).containsExactly(false, true, true, false, false);
    }

    /** Lets the clock run to a time, and looks at a partition each minute; other partitions bring records meanwhile. */
    private void run(int partition, long from, long to) throws Exception {
        for (long now = from; now <= to; now += MINUTE) {
            tick(partition, now, now);
        }
    }

    private void tick(int partition, long now, long newest) throws Exception {
        harness.setProcessingTime(now);
        harness.processElement2(new StreamRecord<>(new Tick(partition, now, newest)));
    }

    @Test
    void endsTheDayOfAnIdlePartitionByTheClock() throws Exception {
        harness.setProcessingTime(MIDNIGHT + 10 * HOUR);
        read(1, MIDNIGHT + 10 * HOUR);
        run(3, MIDNIGHT + 10 * HOUR, MIDNIGHT + 25 * HOUR - MINUTE);
        assertThat(steps()).hasSize(1);
        run(3, MIDNIGHT + 25 * HOUR, MIDNIGHT + 26 * HOUR);

        assertThat(steps()).hasSize(2);
        assertThat(steps().get(1)).isEqualTo(Step.endOf(3, MONDAY));
        read(2, MIDNIGHT + 23 * HOUR);
        assertThat(steps().get(2).day())
                .as("what comes late belongs to the day after")
                .isEqualTo(MONDAY.plusDays(1));
    }

    @Test
    void endsQuietDaysToo() throws Exception {
        read(1, MIDNIGHT);
        run(3, MIDNIGHT, MIDNIGHT + 75 * HOUR);

        assertThat(steps())
                .extracting(Step::day)
                .containsExactly(MONDAY, MONDAY, MONDAY.plusDays(1), MONDAY.plusDays(2));
    }

    /** A chain's first digest is of a day on which nothing came: there is one as soon as there is a chain. */
    @Test
    void beginsWithTheDayBeforeTheFirstRecord() throws Exception {
        archived.put(3, new Head(-1, genesis(3), null));
        read(1, MIDNIGHT);

        assertThat(steps().get(0)).isEqualTo(Step.endOf(3, MONDAY.minusDays(1)));
        assertThat(entry(1).previousHash()).isEqualTo(genesis(3));
        assertThat(steps()).hasSize(2);
    }

    @Test
    void endsTheDaysOfAPartitionThatNeverHadARecord() throws Exception {
        archived.put(5, new Head(-1, genesis(5), null));
        run(5, MIDNIGHT + 10 * HOUR, MIDNIGHT + 49 * HOUR);

        assertThat(steps())
                .containsExactly(
                        Step.endOf(5, MONDAY.minusDays(1)), Step.endOf(5, MONDAY), Step.endOf(5, MONDAY.plusDays(1)));
        read(5, 1, MIDNIGHT, "{\"eventType\":\"READ\"}");
        assertThat(entry(3).previousHash()).isEqualTo(genesis(5));
        assertThat(steps().get(3).day()).isEqualTo(MONDAY.plusDays(2));
    }

    /** A job that catches up reads yesterday's records today: they belong to yesterday. */
    @Test
    void endsNoDayWhileItsRecordsCome() throws Exception {
        harness.setProcessingTime(MIDNIGHT + 30 * HOUR);
        read(1, MIDNIGHT);
        run(3, MIDNIGHT + 30 * HOUR, MIDNIGHT + 30 * HOUR + 50 * MINUTE);
        read(2, MIDNIGHT + 1);
        run(3, MIDNIGHT + 30 * HOUR + 51 * MINUTE, MIDNIGHT + 31 * HOUR + 49 * MINUTE);
        assertThat(steps()).hasSize(2);
        run(3, MIDNIGHT + 31 * HOUR + 50 * MINUTE, MIDNIGHT + 32 * HOUR);

        assertThat(steps()).hasSize(3).last().isEqualTo(Step.endOf(3, MONDAY));
    }

    /** While Kafka does not answer there is no tick; what was written meanwhile is not read in the first moment after. */
    @Test
    void countsNoTimeInWhichNobodyLooked() throws Exception {
        read(1, MIDNIGHT);
        run(3, MIDNIGHT, MIDNIGHT + HOUR);
        run(3, MIDNIGHT + 40 * HOUR, MIDNIGHT + 41 * HOUR - MINUTE);
        assertThat(steps()).hasSize(1);
        run(3, MIDNIGHT + 41 * HOUR, MIDNIGHT + 41 * HOUR);

        assertThat(steps()).hasSize(2);
    }

    @Test
    void endsNothingByAClockThatGoesBack() throws Exception {
        read(1, MIDNIGHT);
        run(3, MIDNIGHT, MIDNIGHT + 26 * HOUR);
        int before = steps().size();
        run(3, MIDNIGHT - 20 * HOUR, MIDNIGHT - 10 * HOUR);

        assertThat(steps()).hasSize(before);
    }

    /** By the machine's clock it is Thursday. */
    @Test
    void failsForGoodBeforeARecordOfADayThatIsFarAhead() throws Exception {
        read(1, MIDNIGHT + 120 * HOUR - 1);
        int before = steps().size();

        assertThatThrownBy(() -> read(2, MIDNIGHT + 120 * HOUR))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageContaining("record 3:2 of audit-logs was appended at 2026-03-07T00:00:00Z")
                .hasMessageContaining("by the clock of this machine it is 2026-03-05T00:00:00Z")
                .hasMessageContaining("When a clock is ahead");
        assertThat(steps()).hasSize(before);
    }

    /** The days before are sealed at once, and its day is that of all that comes until then. */
    @Test
    void takesARecordThatIsAheadAndWasAcceptedAndGoesOnInItsDay() throws Exception {
        harness.close();
        harness = harness(MONDAY.plusDays(5));
        harness.open();
        read(1, MIDNIGHT);
        read(2, MIDNIGHT + 120 * HOUR);
        read(3, MIDNIGHT + 73 * HOUR);

        assertThat(steps())
                .extracting(Step::day)
                .containsExactly(
                        MONDAY,
                        MONDAY,
                        MONDAY.plusDays(1),
                        MONDAY.plusDays(2),
                        MONDAY.plusDays(3),
                        MONDAY.plusDays(4),
                        MONDAY.plusDays(5),
                        MONDAY.plusDays(5));
        assertThatThrownBy(() -> read(4, MIDNIGHT + 144 * HOUR)).isInstanceOf(SuppressRestartsException.class);
    }

    @Test
    void passesOverARecordThatIsFarAheadAndInTheArchive() throws Exception {
        archived.put(3, new Head(2, genesis(9), MONDAY.plusDays(900)));

        read(2, MIDNIGHT + 900 * 24 * HOUR);

        assertThat(steps()).isEmpty();
    }

    @Test
    void closesNoDayAfterThatOfTheNewestRecordWhateverTheClockSays() throws Exception {
        read(1, MIDNIGHT);
        long ahead = MIDNIGHT + 365 * 24 * HOUR;
        for (long now = ahead; now <= ahead + 2 * HOUR; now += MINUTE) {
            tick(3, now, MIDNIGHT + 30 * HOUR);
        }

        assertThat(steps())
                .extracting(Step::day)
                .as("the record, and two days")
                .containsExactly(MONDAY, MONDAY, MONDAY.plusDays(1));
        read(2, MIDNIGHT + 31 * HOUR);
        assertThat(steps().get(3).day()).isEqualTo(MONDAY.plusDays(2));
    }

    @Test
    void closesNothingOfATopicWithoutAnyRecord() throws Exception {
        for (long now = MIDNIGHT; now <= MIDNIGHT + 50 * HOUR; now += MINUTE) {
            tick(3, now, NewestRecord.NONE);
        }

        assertThat(steps()).isEmpty();
    }

    @Test
    void archivesWhatIsNoEventAndTellsOfIt() throws Exception {
        read(3, 1, MIDNIGHT, "secret, and no JSON");

        assertThat(entry(0).fields().kind()).isEqualTo(Kind.MALFORMED);
        assertThat(keys.asked).as("by contract the key is the user").containsExactly("anna@1");
        Queue<StreamRecord<DeadLetter>> letters = harness.getSideOutput(ChainRecords.DEAD_LETTERS);
        assertThat(letters).hasSize(1);
        DeadLetter letter = letters.element().getValue();
        assertThat(letter.errorMessage()).doesNotContain("secret");
        assertThat(letter.record().offset()).isEqualTo(1);
        assertThat(letter.record().key())
                .as("as in the archive: encrypted")
                .isEqualTo(entry(0).content().key());
        assertThat(letter.record().value()).isEqualTo(entry(0).content().value());
        assertThat(letter.record().header(EncryptedLetters.HEADERS))
                .isEqualTo(entry(0).content().headers());
    }

    @Test
    void closesTheKeyStore() throws Exception {
        harness.close();

        assertThat(keys.asked).containsExactly("close");
    }
}

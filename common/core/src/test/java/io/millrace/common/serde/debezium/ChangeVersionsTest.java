package io.millrace.common.serde.debezium;

import static io.millrace.common.serde.debezium.Messages.KEY;
import static io.millrace.common.serde.debezium.Messages.inTopic;
import static io.millrace.common.serde.debezium.Messages.record;
import static io.millrace.common.serde.debezium.Messages.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.debezium.ChangeVersions.Partition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeVersionsTest {

    private static final Partition PARTITION = new Partition(Messages.TOPIC, 2);

    private final ChangeVersions versions = new ChangeVersions(Generations.only(1));

    @Test
    void putsALaterTransactionAboveAnEarlierOneWhateverItsLsn() throws DataException {
        long survivor = versions.of(record(KEY, ""), position(1_500, 2_000));
        long deleted = versions.of(record(KEY, ""), position(1_900, 1_000));

        assertThat(survivor).isEqualTo(Version.of(1, 2_001)).isGreaterThan(deleted);
    }

    @Test
    void givesASnapshotRowWithoutAPositionTheLowestOfItsGeneration() throws DataException {
        assertThat(versions.of(record(KEY, ""), position(0, 0))).isEqualTo(Version.of(1, 0));
    }

    @Test
    void trustsTheHeaderWhateverThePositionSays() throws DataException {
        assertThat(versions.of(record(KEY, "", version("5")), position(1_500, 2_000)))
                .isEqualTo(5);
    }

    @Test
    void givesATombstoneTheVersionOfTheDeleteInFrontOfIt() throws DataException {
        long delete = versions.of(record(KEY, ""), position(700, 600));

        assertThat(versions.ofTombstone(record(KEY, null))).isEqualTo(delete);
        assertThat(versions.ofTombstone(inTopic("other.public.users", KEY, null)))
                .isEqualTo(Version.of(1, 0));
    }

    @Test
    void goesOnWhereAnEarlierReaderOfThePartitionWas() throws DataException {
        versions.of(record(KEY, ""), position(700, 600));
        ChangeVersions restarted = new ChangeVersions(Generations.only(1));
        versions.highest().forEach(restarted::restore);
        restarted.restore(PARTITION, 3);

        assertThat(restarted.highest()).containsExactlyEntriesOf(versions.highest());
        assertThat(restarted.ofTombstone(record(KEY, null))).isEqualTo(Version.of(1, 700));
    }

    @Test
    void countsARecordInTheGenerationOfItsOffset() throws DataException {
        ChangeVersions worlds = new ChangeVersions(Generations.beginningAt(List.of(Messages.TOPIC + ":2=78")));

        long old = worlds.of(at(77, ""), position(9_000, 8_000));
        long young = worlds.of(at(78, ""), position(10, 5));

        assertThat(old).isEqualTo(Version.of(0, 9_000));
        assertThat(young).isEqualTo(Version.of(1, 10)).isGreaterThan(old);
    }

    @Test
    void putsATombstoneAboveTheGenerationThatEndedBeforeIt() throws DataException {
        ChangeVersions worlds = new ChangeVersions(Generations.beginningAt(List.of(Messages.TOPIC + ":2=78")));
        worlds.of(at(77, ""), position(9_000, 8_000));

        assertThat(worlds.ofTombstone(at(77, null))).isEqualTo(Version.of(0, 9_000));
        assertThat(worlds.ofTombstone(at(78, null))).isEqualTo(Version.of(1, 0));
        worlds.of(at(79, ""), position(10, 5));
        assertThat(worlds.ofTombstone(at(80, null))).isEqualTo(Version.of(1, 10));
    }

    @Test
    void goesOnInTheGenerationThatAnEarlierReaderWasIn() throws DataException {
        ChangeVersions worlds = new ChangeVersions(Generations.beginningAt(List.of(Messages.TOPIC + ":2=78")));
        worlds.restore(PARTITION, Version.of(1, 10));

        assertThat(worlds.ofTombstone(at(80, null))).isEqualTo(Version.of(1, 10));
    }

    private static ConsumedRecord at(long offset, @Nullable String value) {
        return new ConsumedRecord(Messages.TOPIC, 2, offset, 0, Messages.bytes(KEY), Messages.bytes(value), List.of());
    }

    private static SourcePosition position(long lsn, long previousCommit) {
        return new SourcePosition(lsn, previousCommit, 0, false, null);
    }
}

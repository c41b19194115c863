package io.millrace.common.serde.debezium;

import static io.millrace.common.serde.debezium.Messages.KEY;
import static io.millrace.common.serde.debezium.Messages.inTopic;
import static io.millrace.common.serde.debezium.Messages.record;
import static io.millrace.common.serde.debezium.Messages.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.debezium.ChangeVersions.Partition;
import org.junit.jupiter.api.Test;

class ChangeVersionsTest {

    private static final Partition PARTITION = new Partition(Messages.TOPIC, 2);

    private final ChangeVersions versions = new ChangeVersions(1);

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
        ChangeVersions restarted = new ChangeVersions(1);
        versions.highest().forEach(restarted::restore);
        restarted.restore(PARTITION, 3);

        assertThat(restarted.highest()).containsExactlyEntriesOf(versions.highest());
        assertThat(restarted.ofTombstone(record(KEY, null))).isEqualTo(Version.of(1, 700));
    }

    private static SourcePosition position(long lsn, long previousCommit) {
        return new SourcePosition(lsn, previousCommit, 0, false, null);
    }
}

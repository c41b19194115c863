package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import java.util.Map;
import org.apache.flink.cdc.connectors.base.source.meta.offset.OffsetFactory;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffsetFactory;
import org.junit.jupiter.api.Test;

class StreamPlaceTest {

    private static final OffsetFactory OFFSETS = new PostgresOffsetFactory();

    private static final long FLOOR = 40;

    private final StreamPlace start = new StreamPlace(100, StreamPlace.NONE, 0, 0, FLOOR);

    @Test
    void resumesAtTheEndOfTheLastWholeTransaction() {
        StreamPlace within = start.afterChange(record(null, 7, 50)).afterChange(record(null, 7, 120));

        PostgresOffset offset = (PostgresOffset) within.toOffset(OFFSETS);

        assertThat(offset.getLsn().asLong()).isEqualTo(100);
        assertThat(StreamPlace.of(offset, 0)).isEqualTo(within).isEqualTo(new StreamPlace(100, 7, 120, 1, 120));
    }

    @Test
    void readsAnOffsetThatKnowsOfNoPart() {
        StreamPlace place = StreamPlace.of(PostgresOffset.of(Map.of("lsn", 100L, "ts_usec", 0L)), FLOOR);

        assertThat(place).isEqualTo(start);
        assertThat(StreamPlace.of(place.toOffset(OFFSETS), 0)).isEqualTo(start);
    }

    @Test
    void coversWhatWasEmittedOfTheBegunTransactionAndNothingElse() {
        StreamPlace resumed = new StreamPlace(100, 7, 120, 2, 121);

        StreamPlace first = start.afterChange(record(null, 7, 50));
        StreamPlace second = first.afterChange(record(null, 7, 120));
        StreamPlace third = second.afterChange(record(null, 7, 120));
        StreamPlace fourth = third.afterChange(record(null, 7, 120));

        assertThat(resumed.covers(first)).isTrue();
        assertThat(resumed.covers(second)).isTrue();
        assertThat(resumed.covers(third)).isTrue();
        assertThat(resumed.covers(fourth))
                .as("the third row of one record of the log")
                .isFalse();
        assertThat(resumed.covers(fourth.afterChange(record(null, 7, 130)))).isFalse();
    }

    @Test
    void coversARecordOfTheLogWithWhichTheTransactionBegins() {
        StreamPlace resumed = new StreamPlace(100, 7, 120, 2, 121);

        StreamPlace first = resumed.beginning().afterChange(record(null, 7, 120));
        StreamPlace second = first.afterChange(record(null, 7, 120));

        assertThat(resumed.covers(resumed.beginning())).isTrue();
        assertThat(resumed.covers(first)).isTrue();
        assertThat(resumed.covers(second)).isTrue();
        assertThat(resumed.covers(second.afterChange(record(null, 7, 120)))).isFalse();
    }

    /** Another transaction can lie before the begun one in the log, and come after it in the stream. */
    @Test
    void coversNoOtherTransaction() {
        StreamPlace resumed = new StreamPlace(100, 7, 120, 2, 121);

        assertThat(resumed.covers(start.afterChange(record(null, 8, 50)))).isFalse();
        assertThat(resumed.covers(start.afterChange(record(300, 8, 50)))).isFalse();
    }

    @Test
    void coversNothingIfNoTransactionWasBegun() {
        assertThat(start.covers(start)).isFalse();
        assertThat(start.covers(start.afterChange(record(null, 7, 50)))).isFalse();
    }

    @Test
    void countsAnewWithEachTransaction() {
        StreamPlace place = start.afterChange(record(null, 7, 120)).afterChange(record(300, 8, 120));

        assertThat(place).isEqualTo(new StreamPlace(300, 8, 120, 1, 301));
    }

    @Test
    void ordersByTheLsnWhereThatGrows() {
        StreamPlace first = start.afterChange(record(null, 7, 200));

        assertThat(first.order()).isEqualTo(200);
        assertThat(first.afterChange(record(null, 7, 210)).order()).isEqualTo(210);
    }

    @Test
    void ordersAnInsertThatWaitedBehindTheDeleteItWaitedFor() {
        StreamPlace deleted = start.afterChange(record(null, 7, 203));

        assertThat(deleted.afterChange(record(204, 8, 201)).order()).isEqualTo(205);
    }

    @Test
    void tellsApartTheChangesOfOneRecordOfTheLog() {
        StreamPlace first = start.afterChange(record(null, 7, 200));

        assertThat(first.afterChange(record(null, 7, 200)).order()).isEqualTo(201);
    }

    @Test
    void ordersEveryChangeAboveTheSnapshot() {
        StreamPlace late = new StreamPlace(100, StreamPlace.NONE, 0, 0, 900);

        assertThat(late.afterChange(record(null, 7, 150)).order()).isEqualTo(901);
    }

    @Test
    void aCommitEndsWhatWasBegun() {
        StreamPlace within = start.afterChange(record(null, 7, 120));

        assertThat(within.afterCommit(StreamedChange.commit(100))).isEqualTo(within);
        assertThat(within.afterCommit(StreamedChange.commit(300)))
                .isEqualTo(new StreamPlace(300, StreamPlace.NONE, 0, 0, 120));
    }

    private static StreamedChange record(Integer previousCommit, long transaction, long lsn) {
        return CommitOrder.change(
                "key", "text", previousCommit == null ? StreamedChange.UNKNOWN : previousCommit, transaction, lsn);
    }
}

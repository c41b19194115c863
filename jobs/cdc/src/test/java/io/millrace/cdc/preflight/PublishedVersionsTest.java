package io.millrace.cdc.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.replay.HighestVersion;
import io.millrace.common.replay.Version;
import io.millrace.common.source.kafka.TopicTail.Look;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedVersionsTest {

    private static final String TOPIC = "db.public.users";
    private static final String TABLE = "public.users";

    private final HighestVersion highest = new HighestVersion();
    private final PublishedVersions versions = new PublishedVersions(0, highest);

    /** With a generation raised, whatever the topics hold is below: the search ends at once. */
    @Test
    void looksNoFurtherThanTheFirstVersionOfALowerGeneration() {
        Look look = new PublishedVersions(2, highest).look();
        look.at(change(Version.of(1, 70)));

        assertThat(look.isDone()).isTrue();
    }

    @Test
    void aChangeEndsTheSearch() {
        assertThat(isEnough(change(5))).isTrue();
        assertThat(isEnough(Records.delete(TOPIC, 5, TABLE))).isTrue();
    }

    @Test
    void whatOneSweepDeletedDoesNotHoweverMuchItIs() {
        assertThat(isEnough(
                        Records.swept(TOPIC, 5, TABLE),
                        Records.tombstone(TOPIC, 5),
                        Records.swept(TOPIC, 5, TABLE),
                        Records.tombstone(TOPIC, 5)))
                .isFalse();
    }

    @Test
    void twoVersionsDoAlsoWhereCompactionLeftTombstonesAlone() {
        assertThat(isEnough(Records.tombstone(TOPIC, 9), Records.tombstone(TOPIC, 5)))
                .isTrue();
    }

    @Test
    void whatNobodyVersionedOrCannotBeReadEndsTheSearch() {
        assertThat(isEnough(Records.record(TOPIC, -1, "{}", "{}"))).isTrue();
        assertThat(isEnough(Records.record(TOPIC, 5, "{", "{"))).isTrue();
    }

    @Test
    void startsAboveWhatAChangeBeforeTheSweepHas() {
        Look look = versions.look();
        look.at(Records.swept(TOPIC, 50, TABLE));
        assertThat(look.isDone()).isFalse();
        look.at(change(70));

        assertThat(look.isDone()).isTrue();
        assertThat(highest.start(60, 0)).isEqualTo(71);
    }

    @Test
    void startsAtTheDatabasesPositionWhereThatIsHigher() {
        versions.look().at(change(70));

        assertThat(highest.start(71, 0)).isEqualTo(71);
        assertThat(highest.start(72, 0)).isEqualTo(72);
        assertThat(new HighestVersion().start(5, 0)).isEqualTo(5);
    }

    @Test
    void takesTheHighestOfAllPartitions() {
        versions.look().at(change(70));
        versions.look().at(change(90));
        versions.look().at(change(80));

        assertThat(highest.start(60, 0)).isEqualTo(91);
    }

    @Test
    void positionsOfAnEarlierGenerationDoNotCount() {
        versions.look().at(change(Version.of(1, 70)));

        assertThat(highest.start(60, 2)).isEqualTo(60);
        assertThat(highest.start(60, 1)).isEqualTo(71);
        assertThat(problems(1)).isEmpty();
        assertThat(problems(2)).isEmpty();
    }

    @Test
    void refusesALowerGenerationThanATopicHas() {
        versions.look().at(change(Version.of(3, 70)));

        assertThat(problems(2))
                .containsExactly(
                        "`generation` is 2, but the topic db.public.users holds versions of generation 3: every"
                                + " target would refuse the new ones as older. Set `generation` to 3, or higher");
    }

    private List<String> problems(int generation) {
        Problems problems = new Problems();
        highest.check(generation, problems);
        return problems.found().stream().map(Problem::toString).toList();
    }

    private boolean isEnough(ConsumedRecord... records) {
        Look look = versions.look();
        for (ConsumedRecord record : records) {
            look.at(record);
        }
        return look.isDone();
    }

    private static ConsumedRecord change(long version) {
        return Records.change(TOPIC, version, TABLE, "{\"id\":1}");
    }
}

package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cdc.model.LeftOut;
import io.millrace.cdc.model.Place;
import io.millrace.common.event.RowChange;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What a job that goes on from a savepoint may write to. */
class KnownPlacesTest {

    private static final String USERS = Changes.TABLE;
    private static final Place INDEX = new Place("elasticsearch users");
    private static final Map<String, Set<Place>> BEFORE = Map.of(USERS, Set.of(INDEX));

    @Test
    void goesOnToThePlacesItKnows() throws Exception {
        OperatorSubtaskState saved = saved(null, BEFORE);

        assertThatCode(() -> saved(saved, BEFORE)).doesNotThrowAnyException();
        assertThatCode(() -> saved(saved, Map.of(USERS, Set.of()))).doesNotThrowAnyException();
    }

    @Test
    void refusesAPlaceThatIsNewToATableItHasRead() throws Exception {
        OperatorSubtaskState saved = saved(null, BEFORE);
        Map<String, Set<Place>> more = Map.of(USERS, Set.of(INDEX, new Place("redis user:{id}")));

        assertThatThrownBy(() -> saved(saved, more))
                .isInstanceOf(NewPlaceException.class)
                .hasMessageContaining("public.users to redis user:{id}. The job reads on where it was")
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .isEqualTo(ThrowableType.NonRecoverableError));
        assertThatThrownBy(() -> saved(saved, Map.of(USERS, Set.of(new Place("elasticsearch people")))))
                .as("another name is another place")
                .isInstanceOf(NewPlaceException.class);
    }

    @Test
    void refusesAnotherDatabaseOfTheServer() throws Exception {
        OperatorSubtaskState saved = saved(null, inClickHouse("database shop"));

        assertThatCode(() -> saved(saved, inClickHouse("database shop"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> saved(saved, inClickHouse("database shop_v2")))
                .isInstanceOf(NewPlaceException.class)
                .hasMessageContaining("public.users to clickhouse users in database shop_v2.");
    }

    /** It may be any; from then on it is known. */
    @Test
    void takesTheDatabaseThatASavepointOfAnEarlierVersionDoesNotTell() throws Exception {
        OperatorSubtaskState earlier = saved(null, inClickHouse(""));
        OperatorSubtaskState later = saved(earlier, inClickHouse("database shop"));

        assertThatThrownBy(() -> saved(later, inClickHouse("database shop_v2"))).isInstanceOf(NewPlaceException.class);
    }

    private static Map<String, Set<Place>> inClickHouse(String database) {
        return Map.of(USERS, Set.of(new Place("clickhouse users", database)));
    }

    /** Its topic is read from the beginning. */
    @Test
    void takesATableThatItHasNeverMet() throws Exception {
        OperatorSubtaskState saved = saved(null, BEFORE);

        assertThatCode(() -> saved(
                        saved,
                        Map.of(
                                USERS,
                                Set.of(INDEX),
                                "public.carts",
                                Set.of(new Place("redis cart:{id}", "database 0")))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesATableThatHasPassedWithoutARoute() throws Exception {
        OperatorSubtaskState saved = saved(
                null, Map.of("public.orders", Set.of(new Place("redis order:{id}"))), Changes.snapshotRow(1, "{}"));

        assertThatThrownBy(() -> saved(saved, BEFORE)).isInstanceOf(NewPlaceException.class);
    }

    @Test
    void refusesATableThatComesBack() throws Exception {
        OperatorSubtaskState without = saved(saved(null, BEFORE), Map.of());
        OperatorSubtaskState later = saved(without, Map.of());

        assertThatThrownBy(() -> saved(later, BEFORE)).isInstanceOf(NewPlaceException.class);
    }

    /** Opens the function on a state, lets changes through, and returns the state it leaves. */
    private static OperatorSubtaskState saved(
            OperatorSubtaskState before, Map<String, Set<Place>> places, RowChange... changes) throws Exception {
        try (var harness = new OneInputStreamOperatorTestHarness<RowChange, Void>(
                new ProcessOperator<>(new RouteChanges(Map.of(), places, LeftOut.NOTHING)))) {
            if (before != null) {
                harness.initializeState(before);
            }
            harness.open();
            for (RowChange change : changes) {
                harness.processElement(change, 0);
            }
            return harness.snapshot(1, 1);
        }
    }
}

package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    private static final Map<String, Set<String>> BEFORE = Map.of(USERS, Set.of("elasticsearch users"));

    @Test
    void goesOnToThePlacesItKnows() throws Exception {
        OperatorSubtaskState saved = saved(null, BEFORE);

        assertThatCode(() -> saved(saved, BEFORE)).doesNotThrowAnyException();
        assertThatCode(() -> saved(saved, Map.of(USERS, Set.of()))).doesNotThrowAnyException();
    }

    @Test
    void refusesAPlaceThatIsNewToATableItHasRead() throws Exception {
        OperatorSubtaskState saved = saved(null, BEFORE);
        Map<String, Set<String>> more = Map.of(USERS, Set.of("elasticsearch users", "redis user:{id}"));

        assertThatThrownBy(() -> saved(saved, more))
                .isInstanceOf(NewPlaceException.class)
                .hasMessageContaining("public.users to redis user:{id}. The job reads on where it was")
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .isEqualTo(ThrowableType.NonRecoverableError));
        assertThatThrownBy(() -> saved(saved, Map.of(USERS, Set.of("elasticsearch people"))))
                .as("another name is another place")
                .isInstanceOf(NewPlaceException.class);
    }

    /** Its topic is read from the beginning. */
    @Test
    void takesATableThatItHasNeverMet() throws Exception {
        OperatorSubtaskState saved = saved(null, BEFORE);

        assertThatCode(() -> saved(
                        saved, Map.of(USERS, Set.of("elasticsearch users"), "public.carts", Set.of("redis cart:{id}"))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesATableThatHasPassedWithoutARoute() throws Exception {
        OperatorSubtaskState saved =
                saved(null, Map.of("public.orders", Set.of("redis order:{id}")), Changes.snapshotRow(1, "{}"));

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
            OperatorSubtaskState before, Map<String, Set<String>> places, RowChange... changes) throws Exception {
        try (var harness = new OneInputStreamOperatorTestHarness<RowChange, Void>(
                new ProcessOperator<>(new RouteChanges(Map.of(), places)))) {
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

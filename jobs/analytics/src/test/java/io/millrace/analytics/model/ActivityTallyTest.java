package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Window;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ActivityTallyTest {

    @Test
    void countsByTypeAndKnowsTheLatestPurchase() {
        ActivityTally tally = new ActivityTally();
        for (ActionType type : ActionType.values()) {
            tally.count(action(type, 5));
        }
        tally.count(action(ActionType.PURCHASE, 9));
        tally.count(action(ActionType.PURCHASE, 7));

        assertThat(UserActivity.of(new Window("u", 0, 1), tally))
                .isEqualTo(new UserActivity(new Window("u", 0, 1), 1, 1, 1, 3, 0, 0, new LatestPurchase(9, 2, 9)));
    }

    @Test
    void isTheSameOnceItWasWrittenCopiedOrMerged() throws IOException {
        ActivityTally tally = new ActivityTally();
        tally.count(action(ActionType.PURCHASE, 9));
        tally.count(action(ActionType.CLICK, 9));
        DataOutputSerializer out = new DataOutputSerializer(64);
        ActivityTallySerializer.INSTANCE.serialize(tally, out);
        ActivityTally read =
                ActivityTallySerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        ActivityTally copy = ActivityTallySerializer.INSTANCE.copy(tally);
        ActivityTally merged = new ActivityTally();
        merged.countAll(tally);

        assertThat(read).usingRecursiveComparison().isEqualTo(tally);
        assertThat(copy).usingRecursiveComparison().isEqualTo(tally);
        assertThat(merged).usingRecursiveComparison().isEqualTo(tally);
        copy.count(action(ActionType.CLICK, 1));
        assertThat(copy.clicks()).isEqualTo(tally.clicks() + 1);
    }

    private static Action action(ActionType type, long time) {
        Money paid = type == ActionType.PURCHASE ? new Money(BigDecimal.TEN, "EUR") : null;
        return new Action(new Stamp(2, time, time, null), type, paid);
    }
}

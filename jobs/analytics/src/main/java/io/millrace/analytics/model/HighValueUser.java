package io.millrace.analytics.model;

import io.millrace.common.effect.SideEffect;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.replay.Fence;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A user has come into the high-value state, with a purchase.
 *
 * @param source the topic of the purchase
 */
public record HighValueUser(String source, UserActivity activity) implements SideEffect {

    /** The live job has told it if it had read the purchase and its time had passed the window. */
    @Override
    public boolean isBehind(Fence fence) {
        LatestPurchase purchase = activity.latest();
        return fence.isBehind(
                source,
                purchase.partition(),
                purchase.offset(),
                activity.window().end());
    }

    /** Returns the record that is told, with the user as its key. */
    public ProducedRecord toRecord(String topic) {
        return new ProducedRecord(
                topic,
                activity.userId().getBytes(StandardCharsets.UTF_8),
                ActivityTable.json(activity).toBytes(),
                List.of());
    }
}

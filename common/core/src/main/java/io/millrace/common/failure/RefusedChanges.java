package io.millrace.common.failure;

import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a sink's writer takes the changes that its target refuses: the failure policy, applied and counted. Outages
 * never come here. Used by one thread, the writer's.
 */
public final class RefusedChanges implements AutoCloseable {

    private final FailurePolicy policy;
    private final @Nullable DeadLetterWriter letters;
    private final String pipeline;
    private final String target;
    private final TargetMetrics metrics;

    private RefusedChanges(
            FailurePolicy policy,
            @Nullable DeadLetterWriter letters,
            String pipeline,
            String target,
            TargetMetrics metrics) {
        this.policy = policy;
        this.letters = letters;
        this.pipeline = pipeline;
        this.target = target;
        this.metrics = metrics;
    }

    /**
     * Opens the dead-letter queue, if the policy needs it.
     *
     * @param target as {@code redis}; with the table's name the stage of a dead letter, as {@code redis.public.users}
     * @throws IOException if the queue cannot be reached
     */
    public static RefusedChanges open(
            FailurePolicy policy, DeadLetterQueue queue, String pipeline, String target, TargetMetrics metrics)
            throws IOException {
        DeadLetterWriter letters = policy == FailurePolicy.DEAD_LETTER ? queue.open() : null;
        return new RefusedChanges(policy, letters, pipeline, target, metrics);
    }

    /**
     * Does with refused changes what the policy says; afterwards they count as done.
     *
     * @throws IOException if the policy is {@link FailurePolicy#FAIL}, or a dead letter is not acknowledged
     */
    public void accept(List<Refusal> refused) throws IOException {
        if (refused.isEmpty()) {
            return;
        }
        if (policy == FailurePolicy.FAIL) {
            throw failure(refused);
        }
        if (letters == null) {
            refused.forEach(refusal -> metrics.dropped(refusal.change()));
            return;
        }
        List<DeadLetter> written = new ArrayList<>(refused.size());
        for (Refusal refusal : refused) {
            written.add(refusal.toDeadLetter(
                    pipeline, target + "." + refusal.change().table()));
        }
        letters.write(written);
        refused.forEach(refusal -> metrics.deadLettered(refusal.change()));
    }

    private IOException failure(List<Refusal> refused) {
        Refusal first = refused.get(0);
        return new IOException(target + " refused " + refused.size() + " changes, the first one of table "
                + first.change().table() + " with version " + first.change().version() + ": " + first.errorClass()
                + ": " + first.errorMessage() + "; mend the row or its route, or set the failure policy of " + target
                + " to dead-letter");
    }

    @Override
    public void close() throws IOException {
        if (letters != null) {
            letters.close();
        }
    }
}

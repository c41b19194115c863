package io.millrace.common.effect;

import io.millrace.common.replay.Fence;

/** What acts on the outside world, where nobody can take it back: an element of a {@link FencedStream}. */
public interface SideEffect {

    /** Tells whether the live job has had this effect already; never, if it follows from no record of Kafka. */
    boolean isBehind(Fence fence);
}

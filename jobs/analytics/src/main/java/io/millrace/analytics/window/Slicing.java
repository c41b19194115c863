package io.millrace.analytics.window;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How time is cut. Each event is counted in one slice; a window is the slices that it covers.
 *
 * @param slice length of a slice, in milliseconds; each shape's slide is a multiple of it
 * @param shapes of the windows that are made of the slices
 * @param lateness how long after its end a slice still counts events, in milliseconds
 * @param horizon how long after its slice's end the name of an event is remembered, in milliseconds; at least the
 *     lateness, for a slice that counts must know what it has counted
 * @param tellsEnd whether a key's first window without a notable slice is a result too
 */
public record Slicing(long slice, List<WindowShape> shapes, long lateness, long horizon, boolean tellsEnd)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public Slicing {
        shapes = List.copyOf(shapes);
        for (WindowShape shape : shapes) {
            if (shape.slide() % slice != 0) {
                throw new IllegalArgumentException(
                        "windows that begin every " + shape.slide() + " ms are not made of slices of " + slice + " ms");
            }
        }
        if (lateness < 0 || horizon < lateness) {
            throw new IllegalArgumentException("events are counted for " + lateness + " ms after their slice, but known"
                    + " for " + horizon + " ms only");
        }
    }

    /** Cuts time into slices as long as the smallest slide. */
    public static Slicing of(List<WindowShape> shapes, Duration lateness, Duration horizon) {
        long slice = shapes.stream().mapToLong(WindowShape::slide).min().orElseThrow();
        return new Slicing(slice, shapes, lateness.toMillis(), horizon.toMillis(), false);
    }

    /** Returns the same, with a result for the end of a key's windows of note. */
    public Slicing tellingEnd() {
        return new Slicing(slice, shapes, lateness, horizon, true);
    }

    /** Returns the beginning of the slice that a time is in. */
    public long sliceOf(long time) {
        return Math.floorDiv(time, slice) * slice;
    }

    /** Tells whether a slice counts no more. */
    public boolean isClosed(long start, long watermark) {
        return start + slice + lateness - 1 <= watermark;
    }

    /** Tells whether a slice has ended, so that what still comes is late. */
    public boolean hasEnded(long start, long watermark) {
        return start + slice - 1 <= watermark;
    }

    /** Returns when no window needs a slice any longer, whatever comes late. */
    long neededUntil(long start) {
        long needed = 0;
        for (WindowShape shape : shapes) {
            needed = Math.max(needed, shape.size() + (tellsEnd ? shape.slide() : 0));
        }
        return start + needed + lateness;
    }

    /** Returns until when the names of a slice's events are known. */
    public long knownUntil(long start) {
        return start + slice + horizon;
    }

    /** Returns when a slice and its names can be cleaned up, together with those of its neighbours. */
    public long cleanUpFor(long start) {
        long step = Math.max(slice, horizon);
        return -Math.floorDiv(-Math.max(neededUntil(start), knownUntil(start)), step) * step;
    }

    boolean isCleanUp(long time) {
        return Math.floorMod(time, Math.max(slice, horizon)) == 0;
    }
}

package io.millrace.analytics.window;

import java.io.Serializable;
import java.time.Duration;

/**
 * Windows of one length that begin again and again, at multiples of the time between them since 1970-01-01T00:00Z.
 *
 * @param size how long each is, in milliseconds; a multiple of the slide
 * @param slide from the beginning of one to that of the next, in milliseconds; the size for windows that do not overlap
 */
public record WindowShape(long size, long slide) implements Serializable {

    private static final long serialVersionUID = 1L;

    public WindowShape {
        if (slide < 1 || size < slide || size % slide != 0) {
            throw new IllegalArgumentException("a window of " + size + " ms cannot begin every " + slide
                    + " ms; its size must be a multiple of that time");
        }
    }

    public static WindowShape tumbling(Duration size) {
        return new WindowShape(size.toMillis(), size.toMillis());
    }

    public static WindowShape sliding(Duration size, Duration slide) {
        return new WindowShape(size.toMillis(), slide.toMillis());
    }

    /** Returns the end of the first window that ends at or after a time. */
    long endFrom(long time) {
        return -Math.floorDiv(-time, slide) * slide;
    }

    boolean isEnd(long time) {
        return Math.floorMod(time, slide) == 0;
    }
}

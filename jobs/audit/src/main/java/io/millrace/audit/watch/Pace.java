package io.millrace.audit.watch;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often the archive is looked at.
 *
 * @param every time between two looks
 * @param againEvery time between two looks that read everything, also what was proven before
 * @param sureAfter time for which something must last that can also come and go by itself, before it is told
 */
public record Pace(Duration every, Duration againEvery, Duration sureAfter) implements Serializable {

    private static final long serialVersionUID = 1L;
}

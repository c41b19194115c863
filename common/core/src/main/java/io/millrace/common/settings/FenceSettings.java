package io.millrace.common.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.replay.Fence;
import java.util.List;
import java.util.Optional;

/** Up to where the world outside knows already. */
public final class FenceSettings {

    private static final String START = "start";
    private static final String NONE = "none";

    public static final Setting<String> FENCE = Setting.text(
            "fence",
            START,
            "Of which records nobody is notified, because somebody was already, or they are history. `start`: of those"
                    + " that the topics held when the job first started, without a savepoint. `none`: all are told. Or,"
                    + " for a replay, the next offsets that the live job would have read, as `topic:partition=offset`"
                    + " joined by commas; a partition that is not named is told from its first record. Of windows,"
                    + " `watermark=2026-01-31T12:00:00Z` among them says how far its time had come.");

    private FenceSettings() {}

    /** Notes what is wrong with it. */
    public static void check(ConfigReader config, Problems problems) {
        config.check(List.of(FENCE));
        config.find(FENCE)
                .filter(text -> !text.equals(START) && !text.equals(NONE))
                .ifPresent(text -> checkOffsets(text, problems));
    }

    /** Tells whether another fence is given than the one that every job begins with. */
    public static boolean isGiven(ConfigReader config) {
        return config.find(FENCE).filter(text -> !text.equals(START)).isPresent();
    }

    private static void checkOffsets(String text, Problems problems) {
        try {
            if (Fence.parse(text).isEmpty()) {
                problems.add(
                        FENCE.key(), "names no offsets, without which nothing is behind it: write `none` for that");
            }
        } catch (IllegalArgumentException e) {
            problems.add(FENCE.key(), "is neither `start` nor `none`, and " + e.getMessage());
        }
    }

    /** Returns the fence that was given; empty for the one that the job begins with. */
    public static Optional<Fence> read(ConfigReader config) {
        String text = config.get(FENCE);
        if (text.equals(START)) {
            return Optional.empty();
        }
        return Optional.of(text.equals(NONE) ? Fence.NONE : Fence.parse(text));
    }
}

package io.millrace.analytics.settings;

import io.millrace.analytics.model.EventTimeOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import java.time.Duration;
import java.util.List;

/** How time is told and cut. */
final class WindowSettings {

    private static final Duration SHORTEST_SLIDE = Duration.ofMinutes(5);

    static final Setting<Duration> DISORDER = Setting.duration(
                    "windows.disorder",
                    Duration.ofSeconds(5),
                    "How far events of a partition may be out of order without one being late. Higher shows every window"
                            + " later by so much; lower shows windows that are corrected more often.")
            .mustBe(time -> !time.isNegative(), "not be negative", "no event comes before itself");

    static final Setting<Duration> IDLENESS = positive(Setting.duration(
            "windows.idleness",
            Duration.ofSeconds(30),
            "How long a partition may be silent before the windows go on without it. Lower makes what it says afterwards"
                    + " late more often; higher holds all windows back as long."));

    static final Setting<Duration> AHEAD = positive(Setting.duration(
            "windows.ahead",
            Duration.ofHours(1),
            "How far a topic or a partition may be read ahead of another, by the time of its events. Also the most that is"
                    + " read of a backlog in a second. Higher keeps more windows open when much is behind."));

    static final Setting<Duration> LATENESS = Setting.duration(
                    "windows.allowed-lateness",
                    Duration.ofMinutes(1),
                    "How long after its end a window, or the slice of a longer one, still counts what comes, and is told"
                            + " again. What comes later goes to `late-events.topic`. Higher keeps more state.")
            .mustBe(
                    time -> !time.isNegative() && time.compareTo(SHORTEST_SLIDE) <= 0,
                    "be 0 to 5 min",
                    "0 counts nothing late, and more than the time between two windows of a user would bring back an"
                            + " earlier one");

    static final Setting<Duration> HORIZON = Setting.duration(
            "windows.duplicates-within",
            Duration.ofMinutes(10),
            "How long the `eventId` of an event is remembered, so that it counts once. Each costs some 40 bytes of state."
                    + " Not below `windows.allowed-lateness`.");

    static final Setting<String> LATE_EVENTS = SourceSettings.topic(
            "late-events.topic", "late-events", "Topic that is told of every event which came too late to be counted.");

    static final List<Setting<?>> ALL = List.of(DISORDER, IDLENESS, AHEAD, LATENESS, HORIZON, LATE_EVENTS);

    private WindowSettings() {}

    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        Duration lateness = config.find(LATENESS).orElse(Duration.ZERO);
        config.find(HORIZON)
                .filter(horizon -> horizon.compareTo(lateness) < 0)
                .ifPresent(horizon -> problems.add(
                        HORIZON.key(),
                        "is below `" + LATENESS.key() + "`; raise it or lower the other, because a window that still"
                                + " counts must know what it has counted"));
    }

    static EventTimeOptions eventTime(ConfigReader config) {
        return new EventTimeOptions(config.get(DISORDER), config.get(IDLENESS), config.get(AHEAD));
    }

    private static Setting<Duration> positive(Setting<Duration> setting) {
        return setting.mustBe(time -> time.toMillis() >= 1, "be at least 1 ms", "nothing happens in less");
    }
}

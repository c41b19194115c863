package io.millrace.analytics.settings;

import io.millrace.common.config.Setting;
import java.time.Duration;
import java.util.List;

/** How sessions are found. */
final class SessionSettings {

    static final Setting<Duration> GAP = Setting.duration(
                    "sessions.gap",
                    Duration.ofMinutes(30),
                    "How long nothing may happen in a session without its being over. It is shown that much after its last"
                            + " step, and its state kept twice as long. A savepoint goes on with sessions that were"
                            + " found with another.")
            .mustBe(
                    gap -> gap.toMillis() >= 1_000 && gap.compareTo(Duration.ofHours(12)) <= 0,
                    "be 1 s to 12 h",
                    "nobody comes back within less, or stays for more");

    static final List<Setting<?>> ALL = List.of(GAP);

    private SessionSettings() {}
}

package io.millrace.analytics.settings;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
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

    static final Setting<Duration> SHOW_AFTER = Setting.duration(
                    "sessions.show-after",
                    Duration.ofHours(24),
                    "How long a session may go on until it is shown as it stands, and again each time so much has gone by:"
                            + " a program that reads on and on under one id is never over. Lower writes more rows.")
            .mustBe(time -> time.toMillis() >= 1_000, "be at least 1 s", "it is shown again and again");

    static final List<Setting<?>> ALL = List.of(GAP, SHOW_AFTER);

    private SessionSettings() {}

    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        Duration settled = config.find(GAP)
                .orElse(Duration.ZERO)
                .plus(config.find(WindowSettings.LATENESS).orElse(Duration.ZERO));
        config.find(SHOW_AFTER)
                .filter(time -> time.compareTo(settled) <= 0)
                .ifPresent(time -> problems.add(
                        SHOW_AFTER.key(),
                        "is not above `" + GAP.key() + "` and `" + WindowSettings.LATENESS.key()
                                + "` together; raise it, because until then a session may still begin earlier"));
    }
}

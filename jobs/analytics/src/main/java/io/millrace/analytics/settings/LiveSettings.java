package io.millrace.analytics.settings;

import io.millrace.common.config.Setting;
import java.time.ZoneId;
import java.util.List;

/** How counters are kept. */
final class LiveSettings {

    static final Setting<String> ZONE = Setting.text(
                    "live.zone", "UTC", "Zone by whose clock a day and an hour begin, as `Europe/Berlin`.")
            .mustBe(
                    ZoneId.getAvailableZoneIds()::contains,
                    "be a zone of the tz database",
                    "nobody else knows when a day begins");

    static final List<Setting<?>> ALL = List.of(ZONE);

    private LiveSettings() {}
}

package io.millrace.analytics.settings;

import io.millrace.common.config.Setting;
import java.util.List;

/** How answers to requests are counted. */
final class LatencySettings {

    static final Setting<Integer> ERRORS_FROM = Setting.integer(
                    "request-latency.errors-from",
                    500,
                    "Lowest status that counts as an error. 500: what a service did wrong; 400: what its clients did"
                            + " wrong, too.")
            .mustBe(status -> status >= 100 && status <= 600, "be 100 to 600", "HTTP has no other statuses");

    static final List<Setting<?>> ALL = List.of(ERRORS_FROM);

    private LatencySettings() {}
}

package io.millrace.analytics.settings;

import io.millrace.common.config.Setting;
import java.time.Duration;
import java.util.List;

/** How searches are counted. */
final class SearchSettings {

    static final Setting<Integer> MOST = Setting.integer(
                    "search-terms.most", 100, "How many terms of a window are kept, those that were searched for most.")
            .mustBe(most -> most >= 1 && most <= 10_000, "be 1 to 10000", "a window is written at once");

    static final Setting<Duration> WITHIN = Setting.duration(
                    "search-terms.click-within",
                    Duration.ofMinutes(5),
                    "How long after a search a click follows from it. A window is corrected as long after its end, and"
                            + " its state kept.")
            .mustBe(
                    time -> time.toMillis() >= 1 && time.compareTo(Duration.ofHours(1)) <= 0,
                    "be 1 ms to 1 h",
                    "later clicks follow from something else");

    static final List<Setting<?>> ALL = List.of(MOST, WITHIN);

    private SearchSettings() {}
}

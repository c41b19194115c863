package io.millrace.analytics.settings;

import io.millrace.analytics.model.PageTallies;
import io.millrace.common.config.Setting;
import java.util.List;

/** How views of pages are counted. */
final class PageViewSettings {

    static final Setting<Integer> PRECISION = Setting.integer(
                    "page-views.visitors-precision",
                    PageTallies.DEFAULT.precision(),
                    "Binary logarithm of the registers that distinct visitors are estimated from. 14: standard error"
                            + " 0.8 %, at most 8 kB of state for a page; one more costs twice the state for 0.7 of the"
                            + " error. A savepoint goes on with its own until its windows have ended.")
            .mustBe(bits -> bits >= 8 && bits <= 18, "be 8 to 18", "less tells nothing, more costs megabytes a page");

    static final List<Setting<?>> ALL = List.of(PRECISION);

    private PageViewSettings() {}
}

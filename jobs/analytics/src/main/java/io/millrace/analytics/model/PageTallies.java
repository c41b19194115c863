package io.millrace.analytics.model;

import io.millrace.analytics.window.TallyKind;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How views of pages are counted.
 *
 * @param precision of the visitors' sketches; see {@link PageTally#empty}
 */
public record PageTallies(int precision) implements TallyKind<PageTally> {

    private static final long serialVersionUID = 1L;

    /** Standard error 0.8 %, 8 kB for a page with very many visitors. */
    public static final PageTallies DEFAULT = new PageTallies(14);

    @Override
    public PageTally empty() {
        return PageTally.empty(precision);
    }

    @Override
    public TypeInformation<PageTally> type() {
        return PageTallySerializer.TYPE;
    }
}

package io.millrace.analytics.model;

import io.millrace.analytics.event.Visit;
import io.millrace.analytics.window.Tally;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Views of a page, and its visitors in a sketch. */
public final class PageTally extends Tally<Visit, PageTally> {

    private final DistinctCount visitors;

    private PageTally(DistinctCount visitors) {
        this.visitors = visitors;
    }

    /**
     * Returns a tally of nothing.
     *
     * @param precision see {@link DistinctCount}
     */
    static PageTally empty(int precision) {
        return new PageTally(new DistinctCount(precision));
    }

    @Override
    protected void count(Visit visit) {
        if (visit.visitor() != Visit.NOBODY) {
            visitors.add(visit.visitor());
        }
    }

    @Override
    protected void countAll(PageTally other) {
        visitors.addAll(other.visitors);
    }

    /** Returns the estimated number of distinct visitors. */
    public long visitors() {
        return visitors.estimate();
    }

    /** Returns what the visitors of several tallies are merged by; see {@link Registers#of}. */
    byte[] registers() {
        return visitors.registers();
    }

    PageTally copy() {
        PageTally copy = new PageTally(visitors.copy());
        copy.copyCounts(this);
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        writeCounts(out);
        visitors.writeTo(out);
    }

    static PageTally readFrom(DataInputView in) throws IOException {
        PageTally counts = empty(4);
        counts.readCounts(in);
        PageTally tally = new PageTally(DistinctCount.readFrom(in));
        tally.copyCounts(counts);
        return tally;
    }
}

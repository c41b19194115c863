package io.millrace.analytics.model;

import io.millrace.analytics.event.Visit;
import io.millrace.analytics.window.Tally;
import java.io.IOException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Views of a page, and its visitors in a sketch. The estimate is the composite one, which does not depend on the order in
 * which visitors came, unlike the default (HIP).
 *
 * @see <a href="https://datasketches.apache.org/docs/HLL/HLL.html">HLL sketches</a>
 */
public final class PageTally extends Tally<Visit, PageTally> {

    private HllSketch visitors;

    private PageTally(HllSketch visitors) {
        this.visitors = visitors;
    }

    /**
     * Returns a tally of nothing.
     *
     * @param precision binary logarithm of the sketch's registers, 4 to 21
     */
    static PageTally empty(int precision) {
        return new PageTally(new HllSketch(precision, TgtHllType.HLL_4));
    }

    @Override
    protected void count(Visit visit) {
        if (visit.visitor() != Visit.NOBODY) {
            visitors.update(visit.visitor());
        }
    }

    @Override
    protected void countAll(PageTally other) {
        if (visitors.isEmpty()) {
            visitors = other.visitors.copy();
        } else if (!other.visitors.isEmpty()) {
            Union union = new Union(visitors.getLgConfigK());
            union.update(visitors);
            union.update(other.visitors);
            visitors = union.getResult(TgtHllType.HLL_4);
        }
    }

    /** Returns the estimated number of distinct visitors. */
    public long visitors() {
        return Math.round(visitors.getCompositeEstimate());
    }

    PageTally copy() {
        PageTally copy = new PageTally(visitors.copy());
        copy.copyCounts(this);
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        writeCounts(out);
        byte[] sketch = visitors.toCompactByteArray();
        out.writeInt(sketch.length);
        out.write(sketch);
    }

    static PageTally readFrom(DataInputView in) throws IOException {
        PageTally tally = empty(4);
        tally.readCounts(in);
        byte[] sketch = new byte[in.readInt()];
        in.readFully(sketch);
        tally.visitors = HllSketch.heapify(Memory.wrap(sketch));
        return tally;
    }
}

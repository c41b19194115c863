package io.millrace.analytics.model;

import java.io.IOException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How many different ones there were. Mutable. The estimate is the composite one, which does not depend on the order in
 * which they came, unlike the default (HIP).
 *
 * @see <a href="https://datasketches.apache.org/docs/HLL/HLL.html">HLL sketches</a>
 */
public final class DistinctCount {

    private HllSketch sketch;

    private DistinctCount(HllSketch sketch) {
        this.sketch = sketch;
    }

    /**
     * Counts nothing yet.
     *
     * @param precision binary logarithm of the sketch's registers, 4 to 21
     */
    public DistinctCount(int precision) {
        this(new HllSketch(precision, TgtHllType.HLL_4));
    }

    public void add(long hash) {
        sketch.update(hash);
    }

    public void addAll(DistinctCount other) {
        if (sketch.isEmpty()) {
            sketch = other.sketch.copy();
        } else if (!other.sketch.isEmpty()) {
            Union union = new Union(sketch.getLgConfigK());
            union.update(sketch);
            union.update(other.sketch);
            sketch = union.getResult(TgtHllType.HLL_4);
        }
    }

    /** Returns the estimated number. */
    public long estimate() {
        return Math.round(sketch.getCompositeEstimate());
    }

    /** Returns what others can merge; see {@link Registers#of}. */
    byte[] registers() {
        return Registers.of(sketch);
    }

    public DistinctCount copy() {
        return new DistinctCount(sketch.copy());
    }

    /** Writes a length, and the compact sketch. */
    public void writeTo(DataOutputView out) throws IOException {
        byte[] bytes = sketch.toCompactByteArray();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static DistinctCount readFrom(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new DistinctCount(HllSketch.heapify(Memory.wrap(bytes)));
    }
}

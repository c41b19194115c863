package io.millrace.benchmarks.flink;

/** What a user did in a window: a POJO, which Flink serializes by its fields. */
public final class Activity {

    private static final int HIGH_VALUE_CLICKS = 50;

    public String userId = "";
    public long start;
    public long end;
    public long pageViews;
    public long clicks;
    public long searches;
    public long purchases;
    public long events;

    boolean isHighValue() {
        return purchases > 0 || clicks > HIGH_VALUE_CLICKS;
    }
}

package io.millrace.analytics.model;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.window.Tally;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a user did, and where the latest purchase stands. */
public final class ActivityTally extends Tally<Action, ActivityTally> {

    private long pageViews;
    private long clicks;
    private long searches;
    private long purchases;
    private LatestPurchase latest = LatestPurchase.NONE;

    @Override
    protected void count(Action action) {
        switch (action.type()) {
            case PAGE_VIEW -> pageViews++;
            case CLICK -> clicks++;
            case SEARCH -> searches++;
            case PURCHASE -> {
                purchases++;
                latest = latest.or(LatestPurchase.of(action.stamp()));
            }
            case ADD_TO_CART, OTHER -> {}
        }
    }

    @Override
    protected void countAll(ActivityTally other) {
        pageViews += other.pageViews;
        clicks += other.clicks;
        searches += other.searches;
        purchases += other.purchases;
        latest = latest.or(other.latest);
    }

    long pageViews() {
        return pageViews;
    }

    long clicks() {
        return clicks;
    }

    long searches() {
        return searches;
    }

    long purchases() {
        return purchases;
    }

    LatestPurchase latest() {
        return latest;
    }

    ActivityTally copy() {
        ActivityTally copy = new ActivityTally();
        copy.copyCounts(this);
        copy.countAll(this);
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        writeCounts(out);
        out.writeLong(pageViews);
        out.writeLong(clicks);
        out.writeLong(searches);
        out.writeLong(purchases);
        latest.writeTo(out);
    }

    static ActivityTally readFrom(DataInputView in) throws IOException {
        ActivityTally tally = new ActivityTally();
        tally.readCounts(in);
        tally.pageViews = in.readLong();
        tally.clicks = in.readLong();
        tally.searches = in.readLong();
        tally.purchases = in.readLong();
        tally.latest = LatestPurchase.readFrom(in);
        return tally;
    }
}

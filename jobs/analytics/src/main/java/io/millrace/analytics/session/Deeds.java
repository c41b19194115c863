package io.millrace.analytics.session;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often what was done in a session.
 *
 * @param pages views, of whatever pages
 * @param carted additions to the cart
 */
record Deeds(long pages, long searches, long clicks, long carted, long purchases) {

    static Deeds of(Step step) {
        if (!step.page().isEmpty()) {
            return new Deeds(1, 0, 0, 0, 0);
        }
        return switch (step.type()) {
            case SEARCH -> new Deeds(0, 1, 0, 0, 0);
            case CLICK -> new Deeds(0, 0, 1, 0, 0);
            case ADD_TO_CART -> new Deeds(0, 0, 0, 1, 0);
            case PURCHASE -> new Deeds(0, 0, 0, 0, 1);
            case PAGE_VIEW, OTHER -> new Deeds(0, 0, 0, 0, 0);
        };
    }

    Deeds plus(Deeds other) {
        return new Deeds(
                pages + other.pages,
                searches + other.searches,
                clicks + other.clicks,
                carted + other.carted,
                purchases + other.purchases);
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeLong(pages);
        out.writeLong(searches);
        out.writeLong(clicks);
        out.writeLong(carted);
        out.writeLong(purchases);
    }

    static Deeds readFrom(DataInputView in) throws IOException {
        return new Deeds(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}

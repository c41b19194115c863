package io.millrace.analytics.live;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.CompositeKey;
import java.util.List;

/**
 * What is counted live.
 *
 * @param family such as {@code views}
 * @param currency of money; empty for what is not money
 */
record Counter(String family, String currency) {

    static final String REVENUE = "revenue";

    private static final String NO_CURRENCY = "";
    private static final int NAMES = 2;

    /** A counter has one key at its end, but so many where each event is looked at. */
    private static final int SHARDS = 64;

    static Counter of(String family) {
        return new Counter(family, NO_CURRENCY);
    }

    static Counter revenue(String currency) {
        return new Counter(REVENUE, currency);
    }

    /** Returns the key of the shard that an event belongs to, however often it is told. */
    String shard(Stamp stamp) {
        long name = stamp.id() == null ? stamp.offset() : stamp.id().low();
        return CompositeKey.join(family, currency, Long.toString(Math.floorMod(name, SHARDS)));
    }

    static Counter ofShard(String key) {
        List<String> names = CompositeKey.split(key, NAMES + 1);
        return new Counter(names.get(0), names.get(1));
    }

    String key() {
        return CompositeKey.join(family, currency);
    }

    static Counter ofKey(String key) {
        List<String> names = CompositeKey.split(key, NAMES);
        return new Counter(names.get(0), names.get(1));
    }

    boolean isMoney() {
        return family.equals(REVENUE);
    }
}

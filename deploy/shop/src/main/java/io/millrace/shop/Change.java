package io.millrace.shop;

import java.util.Comparator;

/**
 * One step of a transaction, before it is known whether the row is there.
 *
 * @param number the row that it starts from
 */
record Change(Kind kind, ShopTable table, int number) {

    /** Rows are locked in one order, so that clients wait for each other and seldom deadlock. */
    static final Comparator<Change> LOCK_ORDER = Comparator.<Change>comparingInt(
                    change -> ShopTables.ALL.indexOf(change.table()))
            .thenComparingInt(Change::number);

    /** What a step does, with how often it is chosen among a hundred. */
    enum Kind {
        INSERT(12),
        UPSERT(8),
        UPDATE(44),
        UPDATE_LARGE(6),
        BLANK(6),
        DELETE(12),
        MOVE_KEY(5),
        MOVE_KEY_AND_BACK(3),
        SUBTRANSACTION(4);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static Kind choose(ShopRandom random) {
            int ticket = random.between(1, 100);
            for (Kind kind : values()) {
                ticket -= kind.weight;
                if (ticket <= 0) {
                    return kind;
                }
            }
            throw new IllegalStateException("the weights sum up to less than 100");
        }
    }
}

package io.millrace.common.serde.debezium;

import io.millrace.common.failure.DataException;

/** The table that a topic of Debezium is named after. */
public final class TopicTables {

    private TopicTables() {}

    /**
     * Returns the last two parts of {@code <server>.<schema>.<table>}.
     *
     * @throws DataException if the name has fewer parts
     */
    public static String tableOf(String topic) throws DataException {
        int table = topic.lastIndexOf('.');
        int schema = table < 0 ? -1 : topic.lastIndexOf('.', table - 1);
        if (schema < 0) {
            throw new DataException(
                    "a tombstone's table is told from its topic, whose name is not" + " `<server>.<schema>.<table>`");
        }
        return topic.substring(schema + 1);
    }
}

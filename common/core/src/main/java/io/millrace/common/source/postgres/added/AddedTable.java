package io.millrace.common.source.postgres.added;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A table whose rows are to be read.
 *
 * @param name schema and name
 * @param begin where the reading began, which rows that were read already bear; {@link TableBegin#NONE} before
 * @param ended whether its end was told: a checkpoint can lie between that and the split's own
 */
record AddedTable(String name, TableBegin begin, boolean ended) implements SourceSplit {

    static AddedTable unread(String name) {
        return new AddedTable(name, TableBegin.NONE, false);
    }

    @Override
    public String splitId() {
        return name;
    }
}

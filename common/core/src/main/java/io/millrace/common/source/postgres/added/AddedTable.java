package io.millrace.common.source.postgres.added;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A table whose rows are to be read.
 *
 * @param name schema and name
 * @param begin where the reading began, which rows that were read already bear
 * @param ended whether its end was told: a checkpoint can lie between that and the split's own
 */
record AddedTable(String name, TableBegin begin, boolean ended) implements SourceSplit {

    /**
     * Returns one that nobody has begun to read.
     *
     * @param published position at which the publication had it
     */
    static AddedTable unread(String name, long published) {
        return new AddedTable(name, new TableBegin(published, TableBegin.UNKNOWN), false);
    }

    @Override
    public String splitId() {
        return name;
    }
}

package io.millrace.common.sink.clickhouse;

import io.millrace.common.sink.clickhouse.type.RowBinary;
import java.util.List;
import java.util.Map;

/** What the target asks of ClickHouse. Each call waits for the answer; several threads may call. */
interface ClickHouseClient extends AutoCloseable {

    /** Returns the rows of a result: texts by column. */
    List<Map<String, String>> query(String sql) throws AnswerException;

    void execute(String sql) throws AnswerException;

    /** Executes a statement that can take hours. */
    void executePatiently(String sql) throws AnswerException;

    /**
     * Inserts rows.
     *
     * @param table quoted, with its database
     * @param columns quoted
     * @param rows with names and types before them
     */
    void insert(String table, List<String> columns, RowBinary rows) throws AnswerException;

    @Override
    void close();
}

package io.millrace.common.sink.elasticsearch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers as it was told, in turn, and then that everything was written. */
final class ScriptedClient implements SearchClient {

    /** Answers one bulk. */
    interface Turn {
        List<ItemAnswer> answer(List<RowRequest> requests) throws IOException;
    }

    static final ItemAnswer WRITTEN = new ItemAnswer(200, null, null);
    static final ItemAnswer STALE = new ItemAnswer(409, "version_conflict_engine_exception", "current version [9]");
    static final ItemAnswer REFUSED = new ItemAnswer(400, "mapper_parsing_exception", "failed to parse field [age]");
    static final ItemAnswer BUSY = new ItemAnswer(429, "es_rejected_execution_exception", "queue is full");

    final Deque<Turn> turns = new ArrayDeque<>();
    final List<List<String>> bulks = new ArrayList<>();
    final List<String> mappings = new ArrayList<>();
    final Deque<IOException> mappingFailures = new ArrayDeque<>();
    boolean aliasIsThere = true;

    void then(ItemAnswer... answers) {
        turns.add(requests -> List.of(answers));
    }

    void thenFail(IOException failure) {
        turns.add(requests -> {
            throw failure;
        });
    }

    static RefusedException whole(int status) {
        return new RefusedException("a bulk", new ItemAnswer(status, "some_exception", "for a reason"));
    }

    @Override
    public List<ItemAnswer> bulk(List<RowRequest> requests) throws IOException {
        bulks.add(requests.stream().map(RowRequest::id).toList());
        Turn turn = turns.poll();
        return turn == null ? requests.stream().map(request -> WRITTEN).toList() : turn.answer(requests);
    }

    @Override
    public void addFields(String alias, String properties) throws IOException {
        if (!mappingFailures.isEmpty()) {
            throw mappingFailures.poll();
        }
        mappings.add(alias + " " + properties);
    }

    @Override
    public boolean isAlias(String name) {
        return aliasIsThere;
    }

    @Override
    public void close() {}
}

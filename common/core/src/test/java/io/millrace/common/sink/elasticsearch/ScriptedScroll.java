package io.millrace.common.sink.elasticsearch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Documents in pages of a given size; fails as it was told, in turn, before it answers. */
final class ScriptedScroll implements DocumentScroll {

    final List<String> asked = new ArrayList<>();
    private final Deque<Optional<IOException>> turns = new ArrayDeque<>();
    private final List<Hit> documents = new ArrayList<>();
    private final int pageSize;

    ScriptedScroll(int pageSize) {
        this.pageSize = pageSize;
    }

    ScriptedScroll holding(String id, long version) {
        documents.add(new Hit(id, version));
        return this;
    }

    void thenSucceed() {
        turns.add(Optional.empty());
    }

    void thenFail(IOException failure) {
        turns.add(Optional.of(failure));
    }

    @Override
    public Page begin(String alias, int most) throws IOException {
        asked.add("begin " + alias);
        fail();
        return page(0);
    }

    @Override
    public Page next(String scroll) throws IOException {
        asked.add("next " + scroll);
        fail();
        return page(Integer.parseInt(scroll));
    }

    @Override
    public void end(String scroll) throws IOException {
        asked.add("end");
        fail();
    }

    private void fail() throws IOException {
        Optional<IOException> turn = turns.poll();
        if (turn != null && turn.isPresent()) {
            throw turn.get();
        }
    }

    private Page page(int from) {
        int to = Math.min(from + pageSize, documents.size());
        return new Page(String.valueOf(to), List.copyOf(documents.subList(from, to)));
    }
}

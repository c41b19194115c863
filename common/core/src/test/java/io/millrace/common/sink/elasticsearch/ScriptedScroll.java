package io.millrace.common.sink.elasticsearch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Documents in pages of a given size; fails as it was told, in turn, before it answers. */
final class ScriptedScroll implements DocumentScroll {

    final List<String> asked = new ArrayList<>();
    final Deque<IOException> failures = new ArrayDeque<>();
    private final List<Hit> documents = new ArrayList<>();
    private final int pageSize;

    ScriptedScroll(int pageSize) {
        this.pageSize = pageSize;
    }

    ScriptedScroll holding(String id, long version) {
        documents.add(new Hit(id, version));
        return this;
    }

    /** The next so many requests succeed before the failures that are given after this. */
    void thenSucceed(int requests) {
        for (int i = 0; i < requests; i++) {
            failures.add(SUCCESS);
        }
    }

    private static final IOException SUCCESS = new IOException("none");

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
        IOException failure = failures.poll();
        if (failure != null && failure != SUCCESS) {
            throw failure;
        }
    }

    private Page page(int from) {
        int to = Math.min(from + pageSize, documents.size());
        return new Page(String.valueOf(to), List.copyOf(documents.subList(from, to)));
    }
}

package io.millrace.analytics.search;

import io.millrace.analytics.model.DistinctCount;
import io.millrace.analytics.model.StateForm;
import io.millrace.analytics.window.Tally;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What was searched for, by whom, and what came of it. */
final class TermTally extends Tally<Hit, TermTally> {

    /** Standard error 1.6 %, 2 kB for a term that very many search for. */
    private static final int PRECISION = 12;

    private static final int FORM = 1;

    private final DistinctCount users;
    private long searches;
    private long empty;
    private long clicked;

    TermTally() {
        this(new DistinctCount(PRECISION));
    }

    private TermTally(DistinctCount users) {
        this.users = users;
    }

    @Override
    protected void count(Hit hit) {
        searches += hit.searches();
        empty += hit.empty();
        clicked += hit.clicked();
        if (hit.searches() > 0) {
            users.add(hit.user());
        }
    }

    @Override
    protected void countAll(TermTally other) {
        searches += other.searches;
        empty += other.empty;
        clicked += other.clicked;
        users.addAll(other.users);
    }

    /** Returns what it has come to in a window that begins at a time. */
    TermResult result(String term, long start) {
        return new TermResult(start, term, searches, users.estimate(), empty, clicked, events(), late());
    }

    TermTally copy() {
        TermTally copy = new TermTally(users.copy());
        copy.copyCounts(this);
        copy.searches = searches;
        copy.empty = empty;
        copy.clicked = clicked;
        return copy;
    }

    void writeTo(DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        writeCounts(out);
        out.writeLong(searches);
        out.writeLong(empty);
        out.writeLong(clicked);
        users.writeTo(out);
    }

    static TermTally readFrom(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        TermTally read = new TermTally();
        read.readCounts(in);
        read.searches = in.readLong();
        read.empty = in.readLong();
        read.clicked = in.readLong();
        read.users.addAll(DistinctCount.readFrom(in));
        return read;
    }
}

package io.millrace.shop.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change topic against its table: the last record of each key is the row, what is deleted is gone, every record
 * can be read, its key is its row's key, and no key ends with an older version than it had before.
 */
public final class TopicCheck implements Check {

    private final String table;
    private final TopicReader reader;
    private final Set<String> knownUnreadable = new HashSet<>();
    private boolean strictOrder;
    private @Nullable TopicState state;

    /** Checks the topic of one table, named without its schema. */
    public TopicCheck(String bootstrap, String topic, String table) {
        this.table = table;
        this.reader = new TopicReader(bootstrap, topic);
    }

    /** Accepts a record that was broken on purpose. */
    public TopicCheck knowing(String topic, int partition, long offset) {
        knownUnreadable.add(topic + "-" + partition + "@" + offset);
        return this;
    }

    /** Refuses any decrease of a key's version: right for a capture that did not restart, or writes exactly once. */
    public TopicCheck inStrictOrder() {
        strictOrder = true;
        return this;
    }

    @Override
    public String target() {
        return "kafka." + table;
    }

    @Override
    public CheckResult run(SourceSnapshot source) {
        TopicState read = read(source);
        Comparison comparison = new Comparison(source.table(table), Representation.DEBEZIUM);
        comparison.compare(source.rows(table), read.rows());
        for (RowKey key : read.keysThatEndOlder()) {
            comparison.differs(key, "version", "the highest one last", read.lastVersion(key));
        }
        if (strictOrder && read.decreases() > 0) {
            comparison.differs(new RowKey(List.of("any")), "version", "no decrease", read.decreases());
        }
        for (int i = 0; i < read.unreadable().size(); i++) {
            String position = read.unreadable().get(i);
            if (!knownUnreadable.contains(position)) {
                comparison.differs(
                        new RowKey(List.of(position)),
                        "*",
                        "a change",
                        read.problems().get(i));
            }
        }
        return comparison.result(target(), source.rows(table).size());
    }

    /** Reads what came since the last call, and returns the version of the last record of each key. */
    TopicState read(SourceSnapshot source) {
        TopicState current = state;
        if (current == null) {
            current = new TopicState(source.table(table));
            state = current;
        }
        reader.readOn(current::add);
        return current;
    }
}

package io.millrace.cli.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What can be done to the pipeline from Postgres to its targets. */
final class CdcFaults {

    static final List<Fault> ALL = Stream.of(FlinkFaults.all(), SourceFaults.all(), TargetFaults.all())
            .flatMap(List::stream)
            .toList();

    private CdcFaults() {}

    static List<String> names() {
        return ALL.stream().map(Fault::name).toList();
    }

    /** Returns those with the given names, or all for {@code all}; names that are unknown go to the second list. */
    static List<Fault> named(List<String> names, List<String> unknown) {
        List<Fault> found = new ArrayList<>();
        for (String name : names) {
            if (name.equals("all")) {
                found.addAll(ALL);
                continue;
            }
            List<Fault> same =
                    ALL.stream().filter(fault -> fault.name().equals(name)).toList();
            found.addAll(same);
            if (same.isEmpty()) {
                unknown.add(name);
            }
        }
        return found;
    }
}

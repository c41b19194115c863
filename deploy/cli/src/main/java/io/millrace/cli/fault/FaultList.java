package io.millrace.cli.fault;

import java.util.ArrayList;
import java.util.List;

/** What can be done to a pipeline. */
record FaultList(List<Fault> faults) {

    FaultList {
        faults = List.copyOf(faults);
    }

    List<String> names() {
        return faults.stream().map(Fault::name).toList();
    }

    /** Returns those with the given names, or all for {@code all}; names that are unknown go to the second list. */
    List<Fault> named(List<String> names, List<String> unknown) {
        List<Fault> found = new ArrayList<>();
        for (String name : names) {
            List<Fault> same = name.equals("all")
                    ? faults
                    : faults.stream().filter(fault -> fault.name().equals(name)).toList();
            found.addAll(same);
            if (same.isEmpty()) {
                unknown.add(name);
            }
        }
        return found;
    }
}

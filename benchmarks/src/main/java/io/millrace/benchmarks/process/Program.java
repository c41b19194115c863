package io.millrace.benchmarks.process;

import java.util.List;

/** A program that runs in a process of its own. */
public interface Program {

    /** Returns the command that starts it. */
    List<String> command();

    /** Returns its name for messages. */
    String name();

    /** Returns its options for a report. */
    String describe();
}

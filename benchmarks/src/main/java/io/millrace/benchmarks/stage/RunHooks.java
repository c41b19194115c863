package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.process.Progress;

/** What a run needs beside its target, such as a slot of its own. */
public interface RunHooks {

    /** Nothing. */
    RunHooks NONE = new RunHooks() {};

    /** Called before the contender starts. */
    default void before() throws Exception {}

    /** Returns what is asked instead how many records the target holds. */
    default Progress watching(Progress progress) {
        return progress;
    }

    /** Called after it has ended, however. */
    default void after() throws Exception {}
}

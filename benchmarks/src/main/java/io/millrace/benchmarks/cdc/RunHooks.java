package io.millrace.benchmarks.cdc;

/** What a run needs beside its target, such as a slot of its own. */
interface RunHooks {

    /** Nothing. */
    RunHooks NONE = new RunHooks() {};

    /** Called before the contender starts. */
    default void before() throws Exception {}

    /** Called after it has ended, however. */
    default void after() throws Exception {}
}

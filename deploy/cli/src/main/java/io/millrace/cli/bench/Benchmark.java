package io.millrace.cli.bench;

import io.millrace.cli.Workspace;
import java.io.PrintWriter;

/** The benchmark of one pipeline. The {@code millrace} script puts those of the project on the class path of {@code bench}. */
public interface Benchmark {

    /** Returns the pipeline's name, such as {@code cdc}. */
    String pipeline();

    /**
     * Runs the cases that are asked for and writes the reports.
     *
     * @param out told how it goes, line by line
     * @return whether every run's target was right
     */
    boolean run(Workspace workspace, BenchPlan plan, PrintWriter out) throws Exception;
}

package io.millrace.benchmarks.stage;

import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.local.Addresses;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** What every case has around it. */
public interface Stage {

    /** A TaskManager's heap, for everybody. */
    List<String> JVM = List.of("-Xms576m", "-Xmx576m", "-XX:+UseG1GC");

    Workspace workspace();

    BenchPlan plan();

    BenchServers servers();

    /** Told how it goes, line by line. */
    PrintWriter out();

    /** Returns where the servers of the case are. */
    default Addresses addresses() {
        return servers().addresses();
    }

    /** Returns a folder for what runs write down. */
    default Path folder() {
        return servers().data().root();
    }
}

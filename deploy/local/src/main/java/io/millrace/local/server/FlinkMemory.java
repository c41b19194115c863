package io.millrace.local.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of a TaskManager, each part given by its size in MiB. With every part given the JVM's limits follow from
 * them here, and no other process has to work them out first. Together they are the 1.7 GiB of the memory budget.
 */
final class FlinkMemory {

    /** Milliseconds after its last connection in which the Postgres driver lets go of a job's classes; else 30 s. */
    private static final String DRIVER_CLEANER = "-Dpgjdbc.config.cleanup.thread.ttl=1000";

    /** Soft references are short-lived, so that the classes of a job that has ended go with the next collection. */
    private static final String FORGET_SOON = "-XX:SoftRefLRUPolicyMSPerMB=1";

    private static final int FRAMEWORK_HEAP = 128;
    private static final int TASK_HEAP = 448;
    private static final int FRAMEWORK_OFF_HEAP = 128;
    private static final int TASK_OFF_HEAP = 96;
    private static final int NETWORK = 128;
    private static final int MANAGED = 352;
    private static final int METASPACE = 320;
    private static final int OVERHEAD = 140;

    private FlinkMemory() {}

    static Map<String, Object> taskManager() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("taskmanager.memory.framework.heap.size", mib(FRAMEWORK_HEAP));
        sizes.put("taskmanager.memory.task.heap.size", mib(TASK_HEAP));
        sizes.put("taskmanager.memory.framework.off-heap.size", mib(FRAMEWORK_OFF_HEAP));
        sizes.put("taskmanager.memory.task.off-heap.size", mib(TASK_OFF_HEAP));
        sizes.put("taskmanager.memory.network.min", mib(NETWORK));
        sizes.put("taskmanager.memory.network.max", mib(NETWORK));
        sizes.put("taskmanager.memory.managed.size", mib(MANAGED));
        sizes.put("taskmanager.memory.jvm-metaspace.size", mib(METASPACE));
        sizes.put("taskmanager.memory.jvm-overhead.min", mib(OVERHEAD));
        sizes.put("taskmanager.memory.jvm-overhead.max", mib(OVERHEAD));
        return sizes;
    }

    static List<String> taskManagerOptions() {
        int heap = FRAMEWORK_HEAP + TASK_HEAP;
        return List.of(
                "-Xms" + heap / 2 + "m",
                "-Xmx" + heap + "m",
                "-XX:MaxDirectMemorySize=" + (FRAMEWORK_OFF_HEAP + TASK_OFF_HEAP + NETWORK) + "m",
                "-XX:MaxMetaspaceSize=" + METASPACE + "m",
                FORGET_SOON,
                DRIVER_CLEANER,
                JavaCommand.COLLECT_BESIDE);
    }

    static List<String> jobManagerOptions() {
        return List.of(
                "-Xms256m",
                "-Xmx448m",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:MaxMetaspaceSize=256m",
                FORGET_SOON,
                DRIVER_CLEANER,
                JavaCommand.COLLECT_BESIDE,
                JavaCommand.COMPILE_ONCE);
    }

    private static String mib(int size) {
        return size + " mb";
    }
}

package io.millrace.cli.fault;

import io.millrace.shop.check.CheckResult;
import java.util.List;
import java.util.Map;

/** Those who keep a pipeline of one job busy while a fault strikes it, and what is compared in the end. */
interface Load extends AutoCloseable {

    /** Returns what the job is told of them, beside the configuration of the demo. */
    Map<String, String> settings();

    /** Lets a fault of the scene meet them. */
    void enter(Scene scene);

    boolean isHealthy();

    /** Waits until the running job has done what has to come before a fault. */
    void awaitWork(Scene scene) throws InterruptedException;

    /** Makes the pipeline lose something, so that the comparison has to fail. */
    void lose(Scene scene) throws Exception;

    /**
     * Lets everybody go home.
     *
     * @return what they did
     * @throws RuntimeException if they could not, which is why they are not healthy
     */
    String stop();

    /**
     * Compares all with what they did.
     *
     * @param control whether something was lost: then nothing may be on its way any more before the comparison fails
     */
    List<CheckResult> compare(Scene scene, boolean control) throws Exception;

    /** Tells whether a comparison says what {@link #lose} has done. */
    default boolean finds(List<CheckResult> results) {
        return results.stream().anyMatch(result -> !result.isOk());
    }
}

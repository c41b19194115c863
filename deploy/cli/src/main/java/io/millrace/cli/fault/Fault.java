package io.millrace.cli.fault;

import java.util.Map;

/**
 * Something that goes wrong under load, and what an operator does about it.
 *
 * @param name as the command line has it
 * @param does what happens, in a few words
 * @param holds what must be true at the end, besides that everything compared is equal
 * @param settings what replaces values of the configuration of the job that is compared
 * @param prepare before the jobs are submitted
 * @param strike the fault, and its remedy if it needs one; returns when the pipeline can go on
 * @param isInStore whether the pipeline's archive is in a store that speaks S3, instead of in a folder
 */
record Fault(
        String name,
        String does,
        String holds,
        Map<String, String> settings,
        Step prepare,
        Step strike,
        boolean isInStore) {

    /** A part of a fault's course. */
    @FunctionalInterface
    interface Step {
        void on(Scene scene) throws Exception;
    }

    static Fault of(String name, String does, String holds, Step strike) {
        return new Fault(name, does, holds, Map.of(), scene -> {}, strike, false);
    }

    Fault with(String option, String value) {
        return new Fault(name, does, holds, Map.of(option, value), prepare, strike, isInStore);
    }

    Fault after(Step preparation) {
        return new Fault(name, does, holds, settings, preparation, strike, isInStore);
    }

    Fault inStore() {
        return new Fault(name, does, holds, settings, prepare, strike, true);
    }
}

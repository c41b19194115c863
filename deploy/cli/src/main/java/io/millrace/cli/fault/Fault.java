package io.millrace.cli.fault;

import java.util.Map;

/**
 * Something that goes wrong while the shop is at work, and what an operator does about it.
 *
 * @param name as the command line has it
 * @param does what happens, in a few words
 * @param holds what must be true at the end, besides that every target equals Postgres
 * @param sync what replaces values of the sync's configuration
 * @param prepare before the jobs are submitted
 * @param strike the fault, and its remedy if it needs one; returns when the pipeline can go on
 */
record Fault(String name, String does, String holds, Map<String, String> sync, Step prepare, Step strike) {

    /** A part of a fault's course. */
    @FunctionalInterface
    interface Step {
        void on(Scene scene) throws Exception;
    }

    static Fault of(String name, String does, String holds, Step strike) {
        return new Fault(name, does, holds, Map.of(), scene -> {}, strike);
    }

    Fault withSync(String option, String value) {
        return new Fault(name, does, holds, Map.of(option, value), prepare, strike);
    }

    Fault after(Step preparation) {
        return new Fault(name, does, holds, sync, preparation, strike);
    }
}

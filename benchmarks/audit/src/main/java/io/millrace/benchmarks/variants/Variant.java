package io.millrace.benchmarks.variants;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is left out. */
enum Variant {
    /** Records are encrypted, and no hash is computed of them: each bears that of the chain's name. */
    WITHOUT_CHAIN,
    /** Records are chained in clear; no key is asked for. */
    WITHOUT_ENCRYPTION;

    private static final String SETTING = "bench.variant=";

    /**
     * A command line that was taken apart.
     *
     * @param job the arguments that are the job's own
     */
    record Arguments(Variant variant, List<String> job) {

        /**
         * Takes one apart.
         *
         * @throws IllegalArgumentException if it names no variant
         */
        static Arguments of(String... arguments) {
            Variant variant = null;
            List<String> job = new ArrayList<>();
            for (int i = 0; i + 1 < arguments.length; i += 2) {
                if (arguments[i + 1].startsWith(SETTING)) {
                    variant = named(arguments[i + 1].substring(SETTING.length()));
                } else {
                    job.addAll(List.of(arguments[i], arguments[i + 1]));
                }
            }
            if (variant == null) {
                throw new IllegalArgumentException("`--set " + SETTING + "…` is missing; without-chain or"
                        + " without-encryption is what it says");
            }
            return new Arguments(variant, job);
        }

        private static Variant named(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}

package io.millrace.cli.deadletter;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which letters to look at: those with all the given headers. */
final class LetterFilter {
    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only letters of this pipeline: cdc-sync.")
    private @Nullable String pipeline;

    @Option(names = "--stage", paramLabel = "NAME", description = "Only letters that failed here: elasticsearch.users.")
    private @Nullable String stage;

    @Option(
            names = "--error-class",
            paramLabel = "NAME",
            description = "Only letters with this class of error; the end of its name is enough.")
    private @Nullable String errorClass;

    boolean accepts(Letter letter) {
        return (pipeline == null || pipeline.equals(letter.text(LetterHeader.PIPELINE)))
                && (stage == null || stage.equals(letter.text(LetterHeader.STAGE)))
                && (errorClass == null || letter.text(LetterHeader.ERROR_CLASS).endsWith(errorClass));
    }
}

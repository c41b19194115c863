package io.millrace.cli.deadletter;

import io.millrace.cli.Moment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which letters to look at: those with all the given headers, from the given time. */
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

    @Option(
            names = "--source-topic",
            paramLabel = "NAME",
            description = "Only letters whose record came from this topic: dbserver1.public.users.")
    private @Nullable String sourceTopic;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Only letters written at this time or later: 2026-03-01T12:00:00Z, or 2h for two hours ago.")
    private @Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Only letters written before this time; the same forms.")
    private @Nullable Moment until;

    boolean accepts(Letter letter) {
        return (pipeline == null || pipeline.equals(letter.text(LetterHeader.PIPELINE)))
                && (stage == null || stage.equals(letter.text(LetterHeader.STAGE)))
                && (errorClass == null || letter.text(LetterHeader.ERROR_CLASS).endsWith(errorClass))
                && (sourceTopic == null || sourceTopic.equals(letter.text(LetterHeader.SOURCE_TOPIC)))
                && isInTime(letter);
    }

    private boolean isInTime(Letter letter) {
        return (since == null || !letter.time().isBefore(since.time()))
                && (until == null || letter.time().isBefore(until.time()));
    }
}

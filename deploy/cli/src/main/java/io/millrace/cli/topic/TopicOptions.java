package io.millrace.cli.topic;

import io.millrace.cli.KafkaOptions;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which topics, in which cluster. */
final class TopicOptions {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "A profile of the list: default, or local, which scales it down for one broker."
                    + " Default: local for the local servers, default for named ones.")
    private @Nullable String profile;

    @Option(names = "--file", paramLabel = "FILE", description = "The list of topics. Default: deploy/topics.yaml.")
    private @Nullable Path file;

    @Option(
            names = "--for",
            converter = TemplateName.Converter.class,
            paramLabel = "PLACEHOLDER=NAME",
            description =
                    "Includes the templates with this placeholder, for this name: --for table=users. May be repeated.")
    private final List<TemplateName> names = new ArrayList<>();

    KafkaOptions kafka() {
        return kafka;
    }

    List<TopicSpec> topics(Workspace workspace) throws IOException {
        String chosen = Objects.requireNonNullElse(profile, kafka.named() ? "default" : "local");
        return TopicFile.read(Objects.requireNonNullElse(file, workspace.topicsFile()))
                .installation(chosen, values());
    }

    private Map<String, List<String>> values() {
        return names.stream()
                .collect(Collectors.groupingBy(
                        TemplateName::placeholder, Collectors.mapping(TemplateName::name, Collectors.toList())));
    }
}

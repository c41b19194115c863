package io.millrace.monitoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the grammar and the type rules of Prometheus' own query editor say of queries: its packages of npm, run by Node.js.
 * They evaluate nothing.
 */
final class Promql {

    private static final Path FOLDER = Path.of("target", "promql");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Promql() {}

    /**
     * What there is to know of one query.
     *
     * @param problems why Prometheus would refuse it
     */
    record Look(List<String> problems, List<Selector> selectors, List<Grouping> groupings) {}

    /** Which series are asked for. */
    record Selector(String metric, List<Matcher> matchers) {}

    /** What a label of these must be. */
    record Matcher(String label, String operator, String value) {

        boolean accepts(String actual) {
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new IllegalArgumentException("there is no operator " + operator);
            };
        }
    }

    /**
     * Labels of {@code by}, {@code on} and their like.
     *
     * @param aggregates whether they are what an aggregation keeps
     * @param from where the expression begins that they belong to
     * @param metrics that the expression asks for
     */
    record Grouping(boolean aggregates, int from, List<String> metrics, List<String> labels) {}

    /** Looks at each of the queries, in their order. */
    static List<Look> look(List<String> queries) throws IOException, InterruptedException {
        install();
        StringBuilder lines = new StringBuilder();
        for (String query : queries) {
            lines.append(JSON.writeValueAsString(query)).append('\n');
        }
        return Program.run(FOLDER, lines.toString(), "node", "look.cjs")
                .lines()
                .map(Promql::read)
                .toList();
    }

    private static Look read(String line) {
        try {
            return JSON.readValue(line, Look.class);
        } catch (IOException e) {
            throw new AssertionError("look.cjs said " + line, e);
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve("look.cjs"), resource("promql/look.cjs"));
        Path installed = FOLDER.resolve("installed.json");
        byte[] wanted = resource("promql/package.json");
        if (!Files.exists(installed) || !Arrays.equals(Files.readAllBytes(installed), wanted)) {
            Files.write(FOLDER.resolve("package.json"), wanted);
            Program.run(
                    FOLDER,
                    "",
                    "npm",
                    "install",
                    "--no-package-lock",
                    "--prefer-offline",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--loglevel=error");
            Files.write(installed, wanted);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Promql.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}

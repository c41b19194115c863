package io.millrace.cdc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cdc.model.SourceOptions;
import io.millrace.cdc.preflight.RouteColumns;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.source.postgres.PostgresPreflight;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Looks at a database as the job does before it starts, and changes nothing: a program of its own, which
 * {@code millrace init} runs. Prints one JSON object a line: {@code {"found":"problem","path":…,"message":…}}, the same
 * with {@code note}, and at the end {@code {"found":"all"}}.
 */
public final class DatabaseCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DatabaseCheck() {}

    /** Checks the source of a configuration; see {@link io.millrace.common.config.Arguments} for the arguments. */
    public static void main(String[] args) throws Exception {
        Problems problems = new Problems();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            CdcOptions options = CdcOptions.parse(args);
            if (options.source() instanceof SourceOptions.Postgres postgres) {
                new RouteColumns(options.routes(), problems)
                        .check(new PostgresPreflight(postgres.config(), false).check(problems));
            }
            print("problem", problems.found(), out);
        } catch (InvalidConfigurationException e) {
            print("problem", e.problems(), out);
        }
        print("note", problems.notes(), out);
        out.println(JSON.writeValueAsString(Map.of("found", "all")));
    }

    private static void print(String kind, List<Problem> problems, PrintStream out) throws JsonProcessingException {
        for (Problem problem : problems) {
            out.println(JSON.writeValueAsString(
                    Map.of("found", kind, "path", problem.path(), "message", problem.message())));
        }
    }
}

package io.millrace.cdc;

import io.millrace.cdc.model.Target;
import io.millrace.cdc.settings.PostgresTargetSettings;
import io.millrace.common.config.Problems;
import io.millrace.common.replay.HighestVersion;
import io.millrace.common.settings.ClickHouseSettings;
import io.millrace.common.sink.clickhouse.ClickHouseVersions;
import io.millrace.common.sink.jdbc.PostgresVersions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the targets hold that a capture writes to without a topic between, when it starts anew. */
final class DirectTargets {

    /** Those that tell the highest version they hold. */
    private static final Set<Target> TELLING = EnumSet.of(Target.KAFKA, Target.CLICKHOUSE, Target.POSTGRES);

    private final CdcOptions options;
    private final Problems problems;

    DirectTargets(CdcOptions options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    /**
     * Notes the highest version of all tables. Elasticsearch and Redis cannot be asked for it; of what goes to these
     * alone, a note says so.
     */
    void read(HighestVersion held) {
        options.clickhouse()
                .ifPresent(config -> ClickHouseVersions.read(config, ClickHouseSettings.KEY, held, problems));
        options.postgres()
                .ifPresent(config -> PostgresVersions.read(config, PostgresTargetSettings.KEY, held, problems));
        List<String> untold = options.routes().targets().entrySet().stream()
                .filter(route -> route.getValue().stream().anyMatch(Target::sweeps)
                        && route.getValue().stream().noneMatch(TELLING::contains))
                .map(route -> route.getKey())
                .sorted()
                .toList();
        if (!untold.isEmpty()) {
            problems.note(
                    "generation",
                    "is " + options.generation() + ". " + String.join(", ", untold) + " goes to targets that cannot be"
                            + " asked which versions they hold: if a capture has written to them before, raise"
                            + " `generation`, or they refuse what is older");
        }
    }
}

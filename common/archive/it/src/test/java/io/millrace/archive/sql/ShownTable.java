package io.millrace.archive.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statement by which docs/audit.md makes an archive a table of Flink SQL. */
final class ShownTable {

    private static final Path PAGE = Path.of("..", "..", "..", "docs", "audit.md");
    private static final Pattern STATEMENT =
            Pattern.compile("```sql\\n(CREATE TABLE archive \\(.*?\\));\\n```", Pattern.DOTALL);
    private static final String SHOWN_PLACE = "'file:///shared/audit/audit'";

    private ShownTable() {}

    /** Returns it for an archive in another folder. */
    static String of(Path archive) throws IOException {
        Matcher statement = STATEMENT.matcher(Files.readString(PAGE));
        assertThat(statement.find()).as("docs/audit.md has the statement").isTrue();
        assertThat(statement.group(1)).contains(SHOWN_PLACE);
        return statement
                .group(1)
                .replace(SHOWN_PLACE, "'" + archive.resolve("audit").toUri() + "'");
    }
}

package io.millrace.cdc.proof;

import io.millrace.local.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page of the docs about column types: what it says of each.
 *
 * @param setUp the SQL that makes the page's own types
 * @param lines of its tables
 * @param modelled the types that a copy in Postgres has in place of the source's
 */
record TypesPage(String setUp, List<Line> lines, Map<String, String> modelled) {

    private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?)```");
    private static final Pattern LINE =
            Pattern.compile("(?m)^\\| `(.+)` \\| `(.*)` \\| `(.*)` \\| `(.*)` \\| `(.*)` \\| `(.*)` \\| `(.*)` \\|$");

    private static final Pattern MODELLED = Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\|$");

    /** One type with one value in SQL, and the JSON that it is elsewhere. */
    record Line(
            String type,
            String value,
            String topic,
            String document,
            String cached,
            String clickhouseType,
            String clickhouse) {

        /** Whether the type in ClickHouse is not the one that the column gets by itself. */
        boolean isChosen() {
            return clickhouseType.endsWith("*");
        }
    }

    static TypesPage read() throws IOException {
        Path page = ProjectRoot.find().resolve("docs").resolve("column-types.md");
        String text = Files.readString(page);
        Matcher sql = SQL.matcher(text);
        if (!sql.find()) {
            throw new IllegalStateException(page + " has no block of SQL");
        }
        List<Line> lines = new ArrayList<>();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            lines.add(new Line(
                    line.group(1),
                    line.group(2),
                    line.group(3),
                    line.group(4),
                    line.group(5),
                    line.group(6),
                    line.group(7)));
        }
        Map<String, String> modelled = MODELLED.matcher(text)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        return new TypesPage(sql.group(1), lines, modelled);
    }
}

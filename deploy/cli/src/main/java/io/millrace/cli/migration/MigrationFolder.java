package io.millrace.cli.migration;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The migrations of one server: files named {@code 0001_what_it_does.sql}, numbered without a gap. */
final class MigrationFolder {
    private static final Pattern NAME = Pattern.compile("(\\d{4})_([a-z0-9_]+)\\.sql");

    private MigrationFolder() {}

    /** The migrations in order; other than {@code .sql} files are ignored. */
    static List<Migration> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure("the folder of migrations, " + folder + ", does not exist");
        }
        List<String> problems = new ArrayList<>();
        List<Migration> migrations = new ArrayList<>();
        for (Path file : sqlFiles(folder)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (!name.matches()) {
                problems.add(file.getFileName() + " must be named like 0001_what_it_does.sql");
            } else if (Integer.parseInt(name.group(1)) != migrations.size() + 1) {
                problems.add("%s must have number %04d: numbers have no gap and are used once"
                        .formatted(file.getFileName(), migrations.size() + 1));
            } else {
                migrations.add(new Migration(migrations.size() + 1, name.group(2), Files.readString(file)));
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure("in " + folder + ": " + String.join("; ", problems));
        }
        return List.copyOf(migrations);
    }

    private static List<Path> sqlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }
}

package io.millrace.cli.fault;

import io.millrace.cli.Workspace;
import io.millrace.cli.audit.LocalArchive;
import io.millrace.local.NodeProgram;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.Difference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The verifier for auditors, a program for Node.js: it shares no code with the job, and knows files and public keys alone. */
final class SecondVerifier {

    private static final String NAME = "audit.second-verifier";
    private static final Pattern PROVEN =
            Pattern.compile("OK (\\d+) records are sealed and proven; (\\d+) more follow by the chain.*");

    private final Path shipped;
    private final Path folder;

    SecondVerifier(Workspace workspace) {
        shipped = workspace.root().resolve("docs").resolve("examples").resolve("audit-verifier");
        folder = workspace.runs().resolve("audit-verifier");
    }

    /**
     * Verifies an archive.
     *
     * @param records that it must hold
     */
    CheckResult verify(LocalArchive archive, long records) throws IOException, InterruptedException {
        install();
        String said = run(List.of("node", "verify.js", archive.onThisMachine().toString(), archive.publicKeys()));
        Matcher proven = PROVEN.matcher(said);
        long found = proven.matches() ? Long.parseLong(proven.group(1)) + Long.parseLong(proven.group(2)) : -1;
        if (found == records) {
            return CheckResult.rows(NAME, found, 0, List.of());
        }
        List<Difference> wrong = proven.matches()
                ? List.of(new Difference("audit-logs", "all", "records", "" + records, "" + found))
                : said.lines()
                        .map(line -> new Difference("audit-logs", "all", "*", "what was archived", line))
                        .toList();
        return CheckResult.rows(NAME, Math.max(0, found), Math.max(1, wrong.size()), wrong);
    }

    private void install() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        new NodeProgram(folder).installPackages();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }
}

package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.acceptance.Checkout.Run;
import io.millrace.acceptance.Page.Block;
import io.millrace.local.Addresses;
import io.millrace.local.Port;
import io.millrace.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Does what docs/getting-started.md says, block by block: SQL, files, commands, and what can be seen afterwards. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class GettingStartedIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Variables may stand before the command. */
    private static final Pattern COMMAND =
            Pattern.compile("(?<variables>(?:[A-Z]+=\\S+ +)*)\\./millrace (?<arguments>.+)");

    private final List<String> commands = new ArrayList<>();
    private Checkout checkout;
    private Addresses addresses;
    private String savepoint = "SAVEPOINT";

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Checkout.make("getting-started-checkout");
        addresses = new Addresses(Ports.standard(checkout.portOffset()));
    }

    @AfterEach
    void remove() throws Exception {
        checkout.close();
    }

    @Test
    void everyBlockOfThePageWorks() throws Exception {
        for (Block block : Page.blocks(checkout.root().resolve("docs/getting-started.md"))) {
            String text = moved(block.text());
            switch (block.language()) {
                case "sh" -> runAll(text);
                case "sql" -> execute(text);
                case "yaml" -> Files.writeString(checkout.root().resolve(block.fileName()), text);
                case "http" -> awaitAnswer(text);
                default -> throw new AssertionError("nobody runs a block of " + block.language());
            }
        }
        assertThat(commands)
                .as("the page still has its commands")
                .anyMatch(command -> command.startsWith("./millrace submit"))
                .anyMatch(command -> command.startsWith("./millrace savepoint"))
                .anyMatch(command -> command.contains("./millrace init"))
                .anyMatch(command -> command.startsWith("./millrace down"));
    }

    private void runAll(String block) throws Exception {
        for (String command : block.lines().filter(line -> !line.isBlank()).toList()) {
            commands.add(command);
            Matcher parts = COMMAND.matcher(command);
            assertThat(parts.matches()).as(command).isTrue();
            String[] arguments =
                    parts.group("arguments").replace("SAVEPOINT", savepoint).split(" +");
            Run run = checkout.millrace(variables(parts.group("variables")), arguments);
            assertThat(run.code()).as(command + "\n" + run.out()).isZero();
            run.out()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("file:"))
                    .forEach(line -> savepoint = line);
        }
    }

    private static Map<String, String> variables(String assignments) {
        return assignments
                .lines()
                .flatMap(line -> Stream.of(line.strip().split(" +")))
                .filter(assignment -> !assignment.isEmpty())
                .collect(Collectors.toMap(
                        assignment -> assignment.substring(0, assignment.indexOf('=')),
                        assignment -> assignment.substring(assignment.indexOf('=') + 1)));
    }

    private void execute(String sql) throws SQLException {
        if (sql.contains("pg_drop_replication_slot")) {
            awaitNoReader();
        }
        try (Connection connection =
                        DriverManager.getConnection(addresses.postgresUrl(), addresses.postgresUser(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Who is told that a capture has stopped may be quicker than Postgres, which then lets go of its slot. */
    private void awaitNoReader() {
        await("nobody reads a slot").atMost(PATIENCE).until(() -> {
            try (Connection connection =
                            DriverManager.getConnection(addresses.postgresUrl(), addresses.postgresUser(), "");
                    Statement statement = connection.createStatement();
                    ResultSet active = statement.executeQuery("SELECT 1 FROM pg_replication_slots WHERE active")) {
                return !active.next();
            }
        });
    }

    /** A block of HTTP: a request, an empty line, and what the answer will hold. */
    private void awaitAnswer(String block) {
        String[] parts = block.split("\n\n", 2);
        String url = parts[0].strip().replaceFirst("^GET ", "");
        await(block)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get(url)).contains(parts[1].strip()));
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    /** The standard ports of the page, moved to those of this checkout. */
    private String moved(String text) {
        String moved = text;
        for (Map.Entry<Port, Integer> port : addresses.ports().asMap().entrySet()) {
            moved = moved.replaceAll(":( ?)" + port.getKey().standard() + "\\b", ":$1" + port.getValue());
        }
        return moved;
    }
}

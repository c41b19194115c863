package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.acceptance.Checkout.Run;
import io.millrace.local.Addresses;
import io.millrace.local.Port;
import io.millrace.local.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./millrace up}, {@code down} and {@code status}, whatever happens in between. */
class UpDownIT {

    private Checkout checkout;
    private Ports ports;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Checkout.make("up-down-checkout");
        ports = Ports.standard(checkout.portOffset());
    }

    @AfterEach
    void remove() throws Exception {
        checkout.close();
    }

    @Test
    void dataOutlivesDownAndGoesWithClean() throws Exception {
        ok(checkout.millrace("up", "--only", "postgres"));
        execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
        assertThat(status().path("running").asBoolean()).isTrue();
        ok(checkout.millrace("down"));
        checkout.assertNothingRuns();

        ok(checkout.millrace("up", "--only", "postgres"));
        assertThat(number("SELECT id FROM kept")).isEqualTo(7);
        ok(checkout.millrace("down", "--clean"));
        checkout.assertNothingRuns();
        assertThat(data()).doesNotExist();
    }

    @Test
    void aTakenPortIsNamedAndNothingIsLeftRunning() throws Exception {
        int redis = ports.get(Port.REDIS);
        try (ServerSocket taken = new ServerSocket(redis, 1, InetAddress.getLoopbackAddress())) {
            Run up = checkout.millrace("up", "--only", "redis,postgres");

            assertThat(up.code()).isEqualTo(1);
            assertThat(up.out())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("--port-offset");
        }
        checkout.assertNothingRuns();
    }

    @Test
    void downStopsWhatAKilledDemoLeftBehind() throws Exception {
        Process demo = startDemoUntil("  redis");
        new ProcessBuilder("kill", "-KILL", Long.toString(demo.pid())).start().waitFor();
        demo.waitFor();
        assertThat(status().path("running").asBoolean())
                .as("the servers outlive the command")
                .isTrue();

        ok(checkout.millrace("down"));
        checkout.assertNothingRuns();
    }

    @Test
    void controlCDuringStartUpLeavesNothingRunning() throws Exception {
        Process demo = startDemoUntil("  redis");
        new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
        demo.getInputStream().readAllBytes();

        assertThat(demo.waitFor()).isEqualTo(130);
        checkout.assertNothingRuns();
    }

    private Process startDemoUntil(String beginning) throws IOException {
        Process demo = checkout.start("demo");
        BufferedReader reader = demo.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(beginning)) {
                return demo;
            }
        }
        throw new AssertionError("the demo never said `" + beginning + "`:\n" + said);
    }

    private static void ok(Run run) {
        assertThat(run.code()).as(run.out()).isZero();
    }

    private JsonNode status() throws Exception {
        return new ObjectMapper().readTree(checkout.millrace("status", "--json").out());
    }

    private Path data() {
        return checkout.root().resolve(".millrace");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        Addresses addresses = new Addresses(ports);
        return DriverManager.getConnection(addresses.postgresUrl(), addresses.postgresUser(), "");
    }
}

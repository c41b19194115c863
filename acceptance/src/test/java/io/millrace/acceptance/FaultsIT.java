package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.acceptance.Checkout.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./millrace fault}, each pipeline and each fault that the page names, and each with its control. */
@Tag("long")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FaultsIT {

    private static Checkout checkout;

    @BeforeAll
    static void checkOut() throws IOException {
        checkout = Checkout.make("faults-checkout");
    }

    @AfterAll
    static void remove() throws Exception {
        checkout.close();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everythingIsEqualAfterwards(String pipeline, String fault) throws Exception {
        Run run = checkout.millrace("fault", pipeline, fault);

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains(fault + ": survived").contains("OK " + compared(pipeline));
        checkout.assertNothingRuns();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theComparisonFindsWhatIsLost(String pipeline, String fault) throws Exception {
        Run run = checkout.millrace("fault", pipeline, fault, "--control");

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains(fault + ": the control holds").contains("FAILED ");
        checkout.assertNothingRuns();
    }

    /** Each guard of the analytics switched off, one at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"state", "commit", "versions", "names"})
    void theComparisonFindsThatAGuardIsOff(String guard) throws Exception {
        Run run = checkout.millrace("fault", "analytics", "stale-writes", "--without", guard);

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).contains("stale-writes: the control holds").contains("FAILED ");
        checkout.assertNothingRuns();
    }

    /** What is among what is compared. */
    private static String compared(String pipeline) {
        return pipeline.equals("audit") ? "audit.second-verifier" : "redis.";
    }

    private static Stream<Arguments> faults() throws IOException, InterruptedException {
        try (Checkout any = Checkout.make("faults-list")) {
            List<Arguments> all = new ArrayList<>();
            for (String pipeline : List.of("cdc", "analytics", "audit")) {
                any.millrace("fault", pipeline)
                        .out()
                        .lines()
                        .skip(1)
                        .forEach(line -> all.add(Arguments.of(pipeline, line.substring(0, line.indexOf(' ')))));
            }
            return all.stream();
        }
    }
}

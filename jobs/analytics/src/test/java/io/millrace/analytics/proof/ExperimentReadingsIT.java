package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Warehouse;
import io.millrace.testing.WithServers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.special.Gamma;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The views of experiments in the real ClickHouse, against numbers that were published or come from elsewhere. */
@WithServers(Server.CLICKHOUSE)
class ExperimentReadingsIT {

    private static final String INSERT = "INSERT INTO millrace.experiment_results (window_start, experiment, variant,"
            + " currency, exposures, users, new_users, buyers, converted, crossed, orders, revenue, weight, is_control,"
            + " late_count, _version, _is_deleted) VALUES ";

    /** Of one hour, also if the next one begins meanwhile. */
    private final String begin = "toDateTime("
            + Instant.now()
                    .truncatedTo(ChronoUnit.HOURS)
                    .minus(1, ChronoUnit.DAYS)
                    .getEpochSecond()
            + ")";

    private Warehouse warehouse;

    @BeforeEach
    void open(Addresses addresses) throws Exception {
        warehouse = Warehouse.migrated(addresses.clickhouseUrl());
    }

    /** Newcombe, Statistics in Medicine 17 (1998), table II, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.2000, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.6000, 0.1705, 0.8090",
        "5, 56, 0, 29, 0.0893, -0.0381, 0.1926",
        "0, 10, 0, 20, 0.0000, -0.1611, 0.2775",
        "10, 10, 0, 10, 1.0000, 0.6075, 1.0000"
    })
    void theIntervalIsTheOneThatWasPublished(
            long bought, long users, long control, long others, double difference, double low, double high) {
        String experiment = "newcombe " + bought + "/" + users;
        write(experiment, "new", users, bought, 1, false);
        write(experiment, "control", others, control, 1, true);
        List<String> read = warehouse.read("SELECT difference, difference_low, difference_high FROM"
                + " millrace.experiment_readings WHERE experiment = '" + experiment + "' AND variant = 'new'");

        assertThat(read.get(0).split("\t"))
                .extracting(Double::parseDouble)
                .satisfiesExactly(
                        value -> assertThat(value).isCloseTo(difference, within(0.00006)),
                        value -> assertThat(value).isCloseTo(low, within(0.00006)),
                        value -> assertThat(value).isCloseTo(high, within(0.00006)));
        assertThat(warehouse.read("SELECT difference FROM millrace.experiment_readings_1h WHERE experiment = '"
                        + experiment + "' AND variant = 'control'"))
                .as("the control is not compared with itself")
                .containsExactly("\\N");
    }

    @Test
    void theProbabilityOfASplitIsThatOfPearsonsTest() {
        Random random = new Random(7);
        for (int variants = 2; variants < 9; variants++) {
            List<Long> users = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            String experiment = "pearson " + variants;
            for (int i = 0; i < variants; i++) {
                users.add(1_000 + random.nextLong(60));
                weights.add(1 + random.nextInt(2) / 50.0);
                write(experiment, "v" + i, users.get(i), 0, weights.get(i), i == 0);
            }
            double expected = Gamma.regularizedGammaQ((variants - 1) / 2.0, statistic(users, weights) / 2);

            assertThat(probabilities(experiment))
                    .hasSize(1)
                    .allSatisfy(p -> assertThat(p).as(experiment).isCloseTo(expected, Percentage.withPercentage(1e-6)));
        }
    }

    @Test
    void aVariantThatShouldNotBeThereOrIsAloneHasNoDistribution() {
        write("unexpected", "a", 1_000, 0, 1, true);
        write("unexpected", "b", 1_000, 0, 1, false);
        write("unexpected", "c", 1, 0, 0, false);
        write("alone", "a", 1_000, 0, 1, true);

        assertThat(probabilities("unexpected")).containsExactly(0.0);
        assertThat(probabilities("alone")).containsExactly(1.0);
    }

    /** Corrections replace, and hours add up; users of the hour do not. */
    @Test
    void hoursAreMergedWithoutCountingAUserTwice() {
        hour("merged", 0, 10, 10, 3, 1);
        hour("merged", 0, 12, 12, 4, 2);
        hour("merged", 1, 9, 1, 2, 1);

        assertThat(warehouse.read("SELECT users, conversions, conversion_rate FROM millrace.experiment_readings"
                        + " WHERE experiment = 'merged'"))
                .containsExactly("13\t6\t0.46153846153846156");
        assertThat(warehouse.read("SELECT users, conversions FROM millrace.experiment_readings_1h"
                        + " WHERE experiment = 'merged' ORDER BY window_start"))
                .containsExactly("12\t4", "9\t2");
    }

    private List<Double> probabilities(String experiment) {
        return warehouse
                .read("SELECT DISTINCT sample_ratio_p FROM millrace.experiment_readings WHERE experiment = '"
                        + experiment + "'")
                .stream()
                .map(Double::parseDouble)
                .toList();
    }

    private static double statistic(List<Long> users, List<Double> weights) {
        double all = users.stream().mapToLong(Long::longValue).sum();
        double weight = weights.stream().mapToDouble(Double::doubleValue).sum();
        double statistic = 0;
        for (int i = 0; i < users.size(); i++) {
            double mean = all * weights.get(i) / weight;
            statistic += Math.pow(users.get(i) - mean, 2) / mean;
        }
        return statistic;
    }

    private void write(String experiment, String variant, long users, long converted, double weight, boolean control) {
        insert("%s, '%s', '%s', '', %d, %d, %d, %d, %d, 0, 0, 0, %s, %d, 0, 1, 0"
                .formatted(
                        begin,
                        experiment,
                        variant,
                        users,
                        users,
                        users,
                        converted,
                        converted,
                        Double.toString(weight),
                        control ? 1 : 0));
    }

    private void hour(String experiment, int hour, long users, long newUsers, long converted, int version) {
        insert("%s + INTERVAL %d HOUR, '%s', 'a', '', %d, %d, %d, %d, %d, 0, 0, 0, 1, 1, 0, %d, 0"
                .formatted(begin, hour, experiment, users, users, newUsers, converted, converted, version));
    }

    private void insert(String values) {
        warehouse.read(INSERT + "(" + values + ")");
    }
}

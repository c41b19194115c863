package io.millrace.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.stream.Stream;

/** Who may know whom: jobs know common, common knows no job, deploy knows neither. */
@AnalyzeClasses(
        packages = "io.millrace",
        importOptions = {DoNotIncludeTests.class, OwnClasses.class})
class HouseRulesTest {

    private static final String COMMON = "io.millrace.common..";
    private static final String ARCHIVE = "io.millrace.archive..";

    /** A job's jar has its own Jackson, also under the classes of the archive that are in it. */
    private static final String RELOCATED = "io.millrace.shaded..";

    private static final String[] JOBS =
            Checkout.jobs().stream().map(job -> "io.millrace." + job + "..").toArray(String[]::new);
    private static final String[] DEPLOY = {"io.millrace.local..", "io.millrace.cli..", "io.millrace.shop.."};

    @ArchTest
    static final ArchRule commonKnowsNoJob = noClasses()
            .that()
            .resideInAPackage(COMMON)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JOBS);

    @ArchTest
    static final ArchRule commonAndJobsKnowNothingOfDeploy = noClasses()
            .that()
            .resideInAnyPackage(withJobs(COMMON))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DEPLOY);

    @ArchTest
    static final ArchRule jobsNeverKnowEachOther = slices().assignedFrom(new JobSlices())
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule deployKnowsJobsOnlyAsJars = noClasses()
            .that()
            .resideInAnyPackage(DEPLOY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(withJobs(COMMON, "org.apache.flink.."));

    @ArchTest
    static final ArchRule nothingSeesBenchmarks = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.millrace.benchmarks..");

    @ArchTest
    static final ArchRule theHarnessOfBenchmarksKnowsNoPipeline = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.millrace.benchmarks.harness..",
                    "io.millrace.benchmarks.process..",
                    "io.millrace.benchmarks.stage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.benchmarks.cdc..",
                    "io.millrace.benchmarks.analytics..",
                    "io.millrace.benchmarks.peers..");

    /** A verifier needs neither Flink nor Kafka, and nobody's code but the format's. */
    @ArchTest
    static final ArchRule theArchivesFormatStandsAlone = noClasses()
            .that()
            .resideInAPackage(ARCHIVE)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.millrace..", "org.apache..")
                    .and(DescribedPredicate.not(resideInAnyPackage(ARCHIVE, RELOCATED))));

    @ArchTest
    static final ArchRule theRoomsOfTheArchivesFormatFormNoCircle =
            slices().matching("io.millrace.archive.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRoomsOfCommonFormNoCircle =
            slices().matching("io.millrace.common.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyDeserializesJavaObjects =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule everyClassHasARoom = classes()
            .should()
            .resideInAnyPackage(withJobs(
                    COMMON,
                    ARCHIVE,
                    "io.millrace.local..",
                    "io.millrace.cli..",
                    "io.millrace.shop..",
                    "io.millrace.testing..",
                    "io.millrace.benchmarks.."));

    private static String[] withJobs(String... packages) {
        return Stream.concat(Stream.of(packages), Stream.of(JOBS)).toArray(String[]::new);
    }
}

package io.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds of the files themselves. */
class CheckoutTest {

    private static final int MOST_LINES = 400;
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.$}~-])/(?:root|home/\\w+|Users/\\w+)/");
    private static final Pattern REGISTRY = Pattern.compile("https?://[^\\s\"]*(?:maven2|npmjs)");

    @Test
    void namesEveryVersionInTheRootPomAlone() {
        for (Path pom : Checkout.files("pom.xml")) {
            if (!pom.getParent().equals(Checkout.ROOT)) {
                Matcher version =
                        VERSION.matcher(PARENT.matcher(Checkout.read(pom)).replaceAll(""));
                // a property of the root pom is none of its own
                assertThat(version.results().map(found -> found.group(1)).filter(found -> !found.startsWith("${")))
                        .as("versions in %s; move them to the root pom", pom)
                        .isEmpty();
            }
        }
    }

    @Test
    void keepsEveryFileShort() {
        List<Path> sources = Checkout.files(".java");

        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(sources)
                .filteredOn(file -> Checkout.read(file).lines().count() > MOST_LINES)
                .as("files of more than %d lines", MOST_LINES)
                .isEmpty();
    }

    @Test
    void namesNoMachineAndNoRegistry() {
        for (Path file : Checkout.files(".java", ".xml", ".yaml", ".md", ".sql", ".json", ".args", "millrace")) {
            String text = Checkout.read(file);

            assertThat(MACHINE_PATH.matcher(text).find())
                    .as("an absolute path of one machine in %s", file)
                    .isFalse();
            assertThat(REGISTRY.matcher(text).find())
                    .as("the host of an artifact registry in %s", file)
                    .isFalse();
        }
    }
}

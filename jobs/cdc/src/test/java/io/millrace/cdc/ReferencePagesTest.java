package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.settings.CdcSettings;
import io.millrace.common.metrics.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {

    private static final Path REFERENCE = Path.of("..", "..", "docs", "reference");
    private static final String WRITE = "millrace.docs";
    private static final String REMEDY = "mvn -pl jobs/cdc -am test -Dtest=ReferencePagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=write";

    @Test
    void describesEveryOption() throws IOException {
        checkOrWrite("cdc-options.md", CdcSettings.page());
    }

    @Test
    void describesEveryMetric() throws IOException {
        checkOrWrite("metrics.md", MetricsPage.markdown());
    }

    private static void checkOrWrite(String name, String page) throws IOException {
        Path file = REFERENCE.resolve(name);
        if ("write".equals(System.getProperty(WRITE))) {
            Files.createDirectories(REFERENCE);
            Files.writeString(file, page);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("docs/reference/%s is stale; write it again with%n  %s", name, REMEDY)
                .isEqualTo(page);
    }
}

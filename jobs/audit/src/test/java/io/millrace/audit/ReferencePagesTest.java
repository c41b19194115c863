package io.millrace.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.audit.settings.AuditSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "reference", "audit-options.md");
    private static final String REMEDY = "mvn -pl jobs/audit -am test -Dtest=ReferencePagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.docs=write";

    @Test
    void describesEveryOption() throws IOException {
        if ("write".equals(System.getProperty("millrace.docs"))) {
            Files.writeString(PAGE, AuditSettings.page());
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/reference/audit-options.md is stale; write it again with%n  %s", REMEDY)
                .isEqualTo(AuditSettings.page());
    }
}

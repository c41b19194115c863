package io.millrace.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeFileTest {

    private static final List<Finding> FINDINGS =
            List.of(new Finding("stream", "debezium", 1.5, 1.4, 1.6, 1.2, "records/s", "detail"));

    @TempDir
    private Path folder;

    private ResumeFile open(String settings) throws IOException {
        return ResumeFile.open(folder.resolve("resume.json"), settings);
    }

    @Test
    void aFinishedCaseIsTakenOver() throws IOException {
        open("7 pairs").finish("stream", FINDINGS);

        assertThat(open("7 pairs").done("stream")).contains(FINDINGS);
        assertThat(open("7 pairs").done("snapshot")).isEmpty();
    }

    @Test
    void ofOtherSettingsNothingIsTakenOver() throws IOException {
        open("7 pairs").finish("stream", FINDINGS);

        assertThat(open("8 pairs").done("stream")).isEmpty();
    }

    @Test
    void afterTheReportNothingIsLeft() throws IOException {
        ResumeFile resume = open("7 pairs");
        resume.finish("stream", FINDINGS);
        resume.delete();

        assertThat(open("7 pairs").done("stream")).isEmpty();
    }
}

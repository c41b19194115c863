package io.millrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.SettingsPage.Chapter;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    private enum Colour {
        DARK_RED,
        BLUE
    }

    @Test
    void describesEachSettingInOneRow() {
        List<Setting<?>> settings = List.of(
                Setting.text("name", "Name.").mustBeGiven(),
                Setting.duration("a.wait", Duration.ofMinutes(2), "Wait.")
                        .mustBe(wait -> !wait.isZero(), "be longer than nothing", "it spins"),
                Setting.memorySize("a.size", MemorySize.ofMebiBytes(1), "Size."),
                Setting.oneOf("a.colour", Colour.class, Colour.DARK_RED, "Colour."),
                Setting.list("a.topics", "Topics."),
                Setting.secret("a.password", "Password."));

        assertThat(SettingsPage.markdown("Options", "All of them.", List.of(new Chapter("A", "The first.", settings))))
                .isEqualTo("""
                        # Options

                        All of them.

                        ## A

                        The first.

                        | Key | Type | Default | Description |
                        |---|---|---|---|
                        | `name` | String | (required) | Name. |
                        | `a.wait` | Duration | `2 min` | Wait. It must be longer than nothing, because it spins. |
                        | `a.size` | MemorySize | `1 mb` | Size. |
                        | `a.colour` | dark-red \\| blue | `dark-red` | Colour. |
                        | `a.topics` | List&lt;String> | (empty) | Topics. |
                        | `a.password` | Secret | (none) | Password. |
                        """);
    }
}

package io.millrace.cli.job;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.LocalAddresses;
import io.millrace.cli.Workspace;
import io.millrace.local.DataFolder;
import io.millrace.local.FlinkCommand;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Flink cluster a command talks to. */
final class FlinkOptions {
    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "Flink's REST address, such as http://jobmanager:8081. Default: the running local cluster.")
    private @Nullable URI flink;

    /** Flink's own command line against the cluster. */
    FlinkCommand command(Workspace workspace) {
        URI url = url(workspace.local());
        return new FlinkCommand(new DataFolder(workspace.runs().resolve("client")), url);
    }

    URI url(LocalAddresses local) {
        URI url = flink == null ? URI.create(local.flinkUrl()) : flink;
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new CommandFailure("--flink is `" + url + "`; it must be http://HOST:PORT or https://HOST:PORT");
        }
        return url;
    }
}

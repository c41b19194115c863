package io.millrace.cli.job;

import io.millrace.local.Server;
import io.millrace.local.server.ServerClassPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The jar of a small job that runs until it is stopped, compiled against the local cluster's own jars. */
final class EndlessJob {
    private static final String SOURCE = """
            import java.nio.charset.StandardCharsets;
            import java.util.Base64;
            import java.util.Map;
            import org.apache.flink.api.common.eventtime.WatermarkStrategy;
            import org.apache.flink.api.common.typeinfo.Types;
            import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
            import org.apache.flink.configuration.Configuration;
            import org.apache.flink.connector.datagen.source.DataGeneratorSource;
            import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
            import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

            public class Endless {
                public static void main(String[] arguments) throws Exception {
                    String config = new String(Base64.getDecoder().decode(arguments[1]), StandardCharsets.UTF_8);
                    if (config.contains("broken")) {
                        throw new IllegalArgumentException("the configuration has 1 problem:\\n  `broken` is unknown");
                    }
                    if (config.contains("noted")) {
                        System.out.println("note: `noted` could not be checked");
                    }
                    String name = config.replaceFirst("(?s).*name: (\\\\S+).*", "$1");
                    for (int i = 2; i + 1 < arguments.length; i += 2) {
                        name = arguments[i + 1].startsWith("name=") ? arguments[i + 1].substring(5) : name;
                    }
                    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
                    environment.getConfig().setGlobalJobParameters(Configuration.fromMap(Map.of("shown", "a value")));
                    DataGeneratorSource<Long> numbers = new DataGeneratorSource<>(
                            number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(1000), Types.LONG);
                    environment.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers").uid("numbers")
                            .sinkTo(new DiscardingSink<>()).uid("nowhere");
                    environment.execute(name);
                }
            }
            """;

    private EndlessJob() {}

    static Path jar(Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("Endless.java"), SOURCE);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-d",
                        classes.toString(),
                        "-cp",
                        ServerClassPath.of(Server.FLINK),
                        source.toString());
        if (code != 0) {
            throw new IOException("the job does not compile");
        }
        Path jar = folder.resolve("endless.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            write(
                    out,
                    "Manifest-Version: 1.0\nMain-Class: Endless\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Path file : files.toList()) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                write(out, Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
    }
}

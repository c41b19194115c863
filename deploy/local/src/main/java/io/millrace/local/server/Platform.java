package io.millrace.local.server;

import java.util.Locale;

/**
 * The operating system and processor that binaries are chosen for.
 *
 * @param os {@code linux}, {@code darwin}, or whatever the system calls itself
 * @param arch {@code amd64}, {@code arm64}, or whatever the system calls itself
 */
record Platform(String os, String arch) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        return new Platform(
                os.startsWith("mac") ? "darwin" : os,
                switch (arch) {
                    case "x86_64", "amd64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> arch;
                });
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}

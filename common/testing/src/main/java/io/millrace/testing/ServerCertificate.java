package io.millrace.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A key and a self-signed certificate for a server on this machine, in PEM.
 *
 * @param key PKCS#8, not encrypted
 */
public record ServerCertificate(String key, String certificate) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    /**
     * Makes one with the JDK's own keytool.
     *
     * @param folder takes its key store; one folder for each certificate
     */
    public static ServerCertificate make(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("server.p12");
        CommandLine.run(
                "keytool",
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD)));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new ServerCertificate(
                pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()),
                pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}

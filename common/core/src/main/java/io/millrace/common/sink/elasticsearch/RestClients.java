package io.millrace.common.sink.elasticsearch;

import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/** Opens the client: addresses, time limits, a user, and whom to trust. */
final class RestClients {

    private RestClients() {}

    static List<HttpHost> hosts(Connection connection) {
        return connection.hosts().stream().map(HttpHost::create).toList();
    }

    static RestClient open(Connection connection) throws IOException {
        SSLContext trusted = trust(connection);
        return RestClient.builder(hosts(connection).toArray(new HttpHost[0]))
                .setRequestConfigCallback(request -> request.setConnectTimeout(
                                (int) connection.connectTimeout().toMillis())
                        .setSocketTimeout((int) connection.requestTimeout().toMillis()))
                .setHttpClientConfigCallback(client -> secure(client, connection, trusted))
                .build();
    }

    private static HttpAsyncClientBuilder secure(
            HttpAsyncClientBuilder client, Connection connection, @Nullable SSLContext trusted) {
        if (trusted != null) {
            client.setSSLContext(trusted);
        }
        if (connection.password() != null) {
            CredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    AuthScope.ANY,
                    new UsernamePasswordCredentials(
                            connection.username(), connection.password().reveal()));
            client.setDefaultCredentialsProvider(credentials);
        }
        return client;
    }

    private static @Nullable SSLContext trust(Connection connection) throws IOException {
        if (connection.caCertificate() == null) {
            return null;
        }
        Path file = Path.of(connection.caCertificate());
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + store.size(), authority);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the CA file " + file + " holds no X.509 certificates in PEM", e);
        }
    }
}

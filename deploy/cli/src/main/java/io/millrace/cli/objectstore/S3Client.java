package io.millrace.cli.objectstore;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests to a bucket, signed, and tried again where another try may help. Used by one thread. */
final class S3Client {
    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI endpoint;
    private final String bucket;
    private final Signature signature;
    private final @Nullable String sessionToken;

    private S3Client(URI endpoint, String bucket, Signature signature, @Nullable String sessionToken) {
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.signature = signature;
        this.sessionToken = sessionToken;
    }

    /** A client of a bucket, by the variables that AWS' own tools read. */
    static S3Client of(Workspace workspace, String bucket) {
        String region = Objects.requireNonNullElse(workspace.variable("AWS_REGION"), "us-east-1");
        String access = workspace.variable("AWS_ACCESS_KEY_ID");
        String secret = workspace.variable("AWS_SECRET_ACCESS_KEY");
        if (access == null || secret == null) {
            throw new CommandFailure("s3://" + bucket + " needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the"
                    + " environment; AWS_REGION, AWS_SESSION_TOKEN and AWS_ENDPOINT_URL are read, too");
        }
        String endpoint = Objects.requireNonNullElse(
                workspace.variable("AWS_ENDPOINT_URL"), "https://s3." + region + ".amazonaws.com");
        return new S3Client(
                URI.create(endpoint),
                bucket,
                new Signature(access, secret, region),
                workspace.variable("AWS_SESSION_TOKEN"));
    }

    /**
     * Asks for an object, or for the bucket where the key is empty.
     *
     * @return an answer that says that it was done, or that there is no such object (404)
     * @throws IOException if the store refuses, or does not answer
     */
    <T> HttpResponse<T> send(
            String method, String key, SortedMap<String, String> parameters, byte[] body, BodyHandler<T> handler)
            throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            IOException failure;
            try {
                HttpResponse<T> response = http.send(request(method, key, parameters, body), handler);
                int status = response.statusCode();
                if (status < 300 || status == 404) {
                    return response;
                }
                failure = new IOException(named(key) + ": the store answers " + method + " with " + status);
                if (status < 500 && status != 429) {
                    throw failure;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("interrupted while waiting for " + endpoint, e);
            } catch (HttpTimeoutException | ConnectException e) {
                failure = new IOException(named(key) + ": " + endpoint + " does not answer", e);
            }
            if (tries == TRIES) {
                throw failure;
            }
            pause(pause);
            pause = pause.multipliedBy(3);
        }
    }

    private HttpRequest request(String method, String key, SortedMap<String, String> parameters, byte[] body) {
        StringBuilder path = new StringBuilder(endpoint.getPath().replaceAll("/$", ""));
        for (String part : (key.isEmpty() ? bucket : bucket + "/" + key).split("/", -1)) {
            path.append('/').append(Signature.encoded(part));
        }
        String query = Signature.query(parameters);
        TreeMap<String, String> headers = new TreeMap<>(Map.of(
                "host",
                endpoint.getAuthority(),
                "x-amz-date",
                Signature.time(Instant.now()),
                "x-amz-content-sha256",
                Signature.sha256(body)));
        if (method.equals("PUT")) {
            // Object Lock wants it, whatever the signature covers
            headers.put("content-md5", Signature.md5(body));
        }
        if (sessionToken != null) {
            headers.put("x-amz-security-token", sessionToken);
        }
        String authority = endpoint.getScheme() + "://" + endpoint.getAuthority();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(authority + path + (query.isEmpty() ? "" : "?" + query)))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .header("authorization", signature.authorization(method, path.toString(), query, headers));
        headers.forEach((name, value) -> {
            // the client itself sends it
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    private String named(String key) {
        return "s3://" + bucket + "/" + key;
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the store", e);
        }
    }
}

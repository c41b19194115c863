package io.millrace.cli.objectstore;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to S3 by AWS Signature Version 4, as its documentation describes it. */
final class Signature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String accessKey;
    private final String secretKey;
    private final String region;

    Signature(String accessKey, String secretKey, String region) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.region = region;
    }

    /** A moment as the header {@code x-amz-date} has it. */
    static String time(Instant now) {
        return TIME.format(now);
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256", bytes));
    }

    /** What the header {@code Content-MD5} says of a body. */
    static String md5(byte[] bytes) {
        return Base64.getEncoder().encodeToString(digest("MD5", bytes));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    /** A text as it stands in a URL, where only unreserved characters stay. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A query as it is signed and sent: sorted and encoded. */
    static String query(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * The header {@code Authorization}.
     *
     * @param path encoded
     * @param query of {@link #query}
     * @param headers all that are signed, by their names in lower case: {@code host}, {@code x-amz-date} and {@code
     *     x-amz-content-sha256} at least
     */
    String authorization(String method, String path, String query, SortedMap<String, String> headers) {
        String time = headers.getOrDefault("x-amz-date", "");
        String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String names = String.join(";", headers.keySet());
        String lines = headers.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue().strip() + "\n")
                .collect(Collectors.joining());
        String request =
                String.join("\n", method, path, query, lines, names, headers.getOrDefault("x-amz-content-sha256", ""));
        String toSign = String.join("\n", ALGORITHM, time, scope, sha256(utf8(request)));
        return ALGORITHM + " Credential=" + accessKey + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                + HexFormat.of().formatHex(hmac(key(time.substring(0, 8)), toSign));
    }

    private byte[] key(String date) {
        byte[] key = utf8("AWS4" + secretKey);
        for (String part : new String[] {date, region, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Names the key, and hides the secret. */
    @Override
    public String toString() {
        return Map.of("accessKey", accessKey, "region", region).toString();
    }
}

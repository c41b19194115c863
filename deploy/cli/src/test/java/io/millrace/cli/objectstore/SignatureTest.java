package io.millrace.cli.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Requests are signed as the examples of AWS' documentation are. */
class SignatureTest {

    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Signature signature =
            new Signature("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    private static SortedMap<String, String> headers(Map<String, String> more) {
        TreeMap<String, String> headers = new TreeMap<>(more);
        headers.put("host", "examplebucket.s3.amazonaws.com");
        headers.put("x-amz-date", Signature.time(Instant.parse("2013-05-24T00:00:00Z")));
        headers.put("x-amz-content-sha256", OF_NOTHING);
        return headers;
    }

    @Test
    void aPartOfAnObject() {
        assertThat(signature.authorization("GET", "/test.txt", "", headers(Map.of("range", "bytes=0-9"))))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void aListing() {
        String query = Signature.query(new TreeMap<>(Map.of("prefix", "J", "max-keys", "2")));

        assertThat(query).isEqualTo("max-keys=2&prefix=J");
        assertThat(signature.authorization("GET", "/", query, headers(Map.of())))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void aNameIsEncodedAsAmazonDoes() {
        assertThat(Signature.encoded("dt=2026-03-02 a+b*~é/")).isEqualTo("dt%3D2026-03-02%20a%2Bb%2A~%C3%A9%2F");
        assertThat(Signature.sha256(new byte[0])).isEqualTo(OF_NOTHING);
    }

    /** The example of RFC 1864's header, over RFC 1321's test of nothing and of some letters. */
    @Test
    void aBodyIsSummedForObjectLock() {
        assertThat(Signature.md5(new byte[0])).isEqualTo("1B2M2Y8AsgTpgAmY7PhCfg==");
        assertThat(Signature.md5("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo("kAFQmDzST7DWlj99KOF/cg==");
    }

    @Test
    void itDoesNotPrintItsSecret() {
        assertThat(signature.toString()).contains("AKIAIOSFODNN7EXAMPLE").doesNotContain("wJalr");
    }
}

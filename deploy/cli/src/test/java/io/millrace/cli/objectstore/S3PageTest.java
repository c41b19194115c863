package io.millrace.cli.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Pages of a bucket's listing. */
class S3PageTest {

    private static S3Page page(String body) throws IOException {
        String xml = "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + body + "</ListBucketResult>";
        return S3Page.of(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPageWithAnotherBehindIt() throws IOException {
        S3Page page = page("<IsTruncated>true</IsTruncated><NextContinuationToken>t&amp;1</NextContinuationToken>"
                + "<Contents><Key>a&lt;b</Key><Size>1</Size></Contents><Contents><Key>c</Key></Contents>");

        assertThat(page.keys()).containsExactly("a<b", "c");
        assertThat(page.next()).hasValue("t&1");
    }

    @Test
    void theLastPage() throws IOException {
        assertThat(page("<IsTruncated>false</IsTruncated>").next()).isEmpty();
        assertThat(page("<IsTruncated>false</IsTruncated>").keys()).isEmpty();
    }

    @Test
    void whatIsNoListingIsRefused() {
        assertThatThrownBy(() -> S3Page.of("hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x><Key>&e;</Key></x>";
        assertThatThrownBy(() -> S3Page.of(entity.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}

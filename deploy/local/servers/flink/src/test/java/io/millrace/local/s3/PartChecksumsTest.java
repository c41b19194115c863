package io.millrace.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.AmazonWebServiceRequest;
import com.amazonaws.DefaultRequest;
import com.amazonaws.handlers.HandlerChainFactory;
import com.amazonaws.services.s3.Headers;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is written gets a checksum, and is sent as it is; nothing else is touched. */
class PartChecksumsTest {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    private static DefaultRequest<Void> request(AmazonWebServiceRequest original, byte[] content) {
        DefaultRequest<Void> request = new DefaultRequest<>(original, "Amazon S3");
        request.setContent(new ByteArrayInputStream(content));
        request.addHeader(Headers.CONTENT_LENGTH, Integer.toString(content.length));
        new PartChecksums().beforeRequest(request);
        return request;
    }

    private static byte[] rest(DefaultRequest<Void> request) throws IOException {
        try (InputStream content = request.getContent()) {
            return content.readAllBytes();
        }
    }

    @Test
    void aPartOfAFileIsSummedAndThenSentWhole() throws IOException {
        byte[] large = new byte[300_000];

        DefaultRequest<Void> small = request(new UploadPartRequest().withFile(new File("part")), ABC);

        assertThat(small.getHeaders()).containsEntry(Headers.CONTENT_MD5, "kAFQmDzST7DWlj99KOF/cg==");
        assertThat(rest(small)).isEqualTo(ABC);
        assertThat(rest(request(new UploadPartRequest().withFile(new File("part")), large)))
                .isEqualTo(large);
    }

    @Test
    void whatStandsForAFolderIsSummedToo() {
        PutObjectRequest folder =
                new PutObjectRequest("bucket", "folder/", InputStream.nullInputStream(), new ObjectMetadata());

        assertThat(request(folder, new byte[0]).getHeaders())
                .containsEntry(Headers.CONTENT_MD5, "1B2M2Y8AsgTpgAmY7PhCfg==");
    }

    /** Whatever could not be read again, has a checksum, or writes nothing. */
    @Test
    void nothingElseIsTouched() throws IOException {
        DefaultRequest<Void> stream =
                request(new UploadPartRequest().withInputStream(new ByteArrayInputStream(ABC)), ABC);
        DefaultRequest<Void> read = request(new GetObjectRequest("bucket", "key"), new byte[0]);
        DefaultRequest<Void> summed =
                new DefaultRequest<>(new UploadPartRequest().withFile(new File("part")), "Amazon S3");
        summed.addHeader(Headers.CONTENT_MD5, "theirs");
        new PartChecksums().beforeRequest(summed);

        assertThat(stream.getHeaders()).doesNotContainKey(Headers.CONTENT_MD5);
        assertThat(rest(stream)).isEqualTo(ABC);
        assertThat(read.getHeaders()).doesNotContainKey(Headers.CONTENT_MD5);
        assertThat(summed.getHeaders()).containsEntry(Headers.CONTENT_MD5, "theirs");
    }

    @Test
    void amazonsClientFindsItByItself() {
        assertThat(new HandlerChainFactory().getGlobalHandlers()).hasAtLeastOneElementOfType(PartChecksums.class);
    }
}

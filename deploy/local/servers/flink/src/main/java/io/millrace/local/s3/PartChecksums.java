package io.millrace.local.s3;

import com.amazonaws.AmazonWebServiceRequest;
import com.amazonaws.Request;
import com.amazonaws.SdkClientException;
import com.amazonaws.handlers.RequestHandler2;
import com.amazonaws.services.s3.Headers;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.UploadPartRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * Gives each part of an upload a checksum, which Flink's plugin for S3 does not send: a bucket with a default retention of
 * Object Lock takes nothing without one. In the plugin's folder, Amazon's client finds it by itself, by
 * {@code com/amazonaws/global/handlers/request.handler2s}.
 */
public final class PartChecksums extends RequestHandler2 {

    private static final String OF_NOTHING = "1B2M2Y8AsgTpgAmY7PhCfg==";
    private static final int BUFFER = 1 << 16;

    @Override
    public void beforeRequest(Request<?> request) {
        if (request.getHeaders().containsKey(Headers.CONTENT_MD5)) {
            return;
        }
        AmazonWebServiceRequest original = request.getOriginalRequest();
        InputStream content = request.getContent();
        boolean isWrite = original instanceof UploadPartRequest || original instanceof PutObjectRequest;
        if (isWrite && "0".equals(request.getHeaders().get(Headers.CONTENT_LENGTH))) {
            // what stands for a folder
            request.addHeader(Headers.CONTENT_MD5, OF_NOTHING);
        } else if (original instanceof UploadPartRequest part && part.getFile() != null && content != null) {
            request.addHeader(
                    Headers.CONTENT_MD5,
                    md5(content, original.getRequestClientOptions().getReadLimit()));
        }
    }

    /** Reads a part of a file, which can be read again. */
    private static String md5(InputStream content, int limit) {
        try {
            content.mark(limit);
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                md5.update(buffer, 0, read);
            }
            content.reset();
            return Base64.getEncoder().encodeToString(md5.digest());
        } catch (IOException | GeneralSecurityException e) {
            throw new SdkClientException("a part of an upload could not be summed: " + e.getMessage(), e);
        }
    }
}

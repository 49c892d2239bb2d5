package org.ctstream.service.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.objectstore.S3Folder;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A folder of a bucket. Bucket, endpoint and credentials are the operator's: what a publisher writes chooses a key below
 * the folder and nothing else.
 *
 * <p>A missing bucket and refused credentials are a store that is away, as a share that is not mounted is: they are the
 * operator's to mend, and no scan is given up for them. A missing object is the publisher's.
 */
record S3Root(S3Folder folder, S3Client client) implements ClaimRoot {
    private static final Set<String> OPERATORS = Set.of(
            "NoSuchBucket",
            "InvalidBucketName",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "InvalidSecurity",
            "NotSignedUp",
            "AccountProblem",
            "RequestTimeTooSkewed",
            "AuthorizationHeaderMalformed",
            "PermanentRedirect",
            "IllegalLocationConstraintException");

    @Override
    public boolean covers(URI uri) {
        return folder.keyOf(uri).isPresent();
    }

    @Override
    public byte[] read(URI uri, int length) throws IOException {
        String key = folder.keyOf(uri)
                .orElseThrow(() -> FetchPoison.outsideRoots("its URI does not lie under " + describe()));
        var request =
                GetObjectRequest.builder().bucket(folder.bucket()).key(key).build();
        try (ResponseInputStream<GetObjectResponse> body = client.getObject(request)) {
            return readExactly(body, length);
        } catch (S3Exception e) {
            throw poison(e);
        } catch (SdkClientException e) {
            throw new StoreAwayException("no answer: " + e.getClass().getSimpleName(), e);
        }
    }

    private static byte[] readExactly(ResponseInputStream<GetObjectResponse> body, int length) throws IOException {
        Long size = body.response().contentLength();
        if (size != null && size != length) {
            body.abort();
            throw FetchPoison.lengthMismatch(length, Long.toString(size));
        }
        byte[] content = new byte[length];
        int count = body.readNBytes(content, 0, length);
        if (count < length) {
            throw new EOFException("the answer ended after " + count + " of " + length + " bytes");
        }
        if (body.read() >= 0) {
            body.abort();
            throw FetchPoison.lengthMismatch(length, "more");
        }
        return content;
    }

    private PoisonRecordException poison(S3Exception e) throws StoreAwayException {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        int status = e.statusCode();
        boolean moved = status >= 300 && status < 400;
        if (OPERATORS.contains(code) || moved || status == 408 || status == 429 || status >= 500) {
            // The SDK's exception stays out: its text is the store's, which may repeat the key.
            throw new StoreAwayException("the store answered " + status + " " + code, null);
        }
        return switch (status) {
            case 404, 410 -> FetchPoison.notFound(describe(), null);
            case 401, 403 -> FetchPoison.accessDenied(describe(), null);
            default -> FetchPoison.refused(describe(), (status + " " + code).strip());
        };
    }

    @Override
    public String describe() {
        return folder.toString();
    }

    @Override
    public void close() {
        client.close();
    }
}

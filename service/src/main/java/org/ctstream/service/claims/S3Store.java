package org.ctstream.service.claims;

import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import org.ctstream.service.objectstore.S3Folder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A folder of a bucket. A store that answers a put with success has the object on as many disks as it is set up for. */
final class S3Store implements ClaimStore {
    private final S3Folder folder;
    private final S3Client client;

    /** @param client closed with this store */
    S3Store(S3Folder folder, S3Client client) {
        this.folder = folder;
        this.client = client;
    }

    @Override
    public URI put(byte[] content, String sha256) throws IOException {
        String name = ObjectName.of(sha256);
        var request = PutObjectRequest.builder()
                .bucket(folder.bucket())
                .key(folder.key(name))
                // The store refuses bytes that changed on their way.
                .checksumSHA256(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)))
                .build();
        try {
            client.putObject(request, RequestBody.fromBytes(content));
            return folder.uri(name);
        } catch (S3Exception e) {
            String code =
                    e.awsErrorDetails() == null ? "" : " " + e.awsErrorDetails().errorCode();
            throw new IOException("the store answered " + e.statusCode() + code, e);
        } catch (SdkClientException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
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

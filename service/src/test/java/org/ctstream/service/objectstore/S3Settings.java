package org.ctstream.service.objectstore;

import java.util.Map;

/** Tells the SDK of a test's store as an operator would, by system properties, and forgets it when closed. */
public final class S3Settings implements AutoCloseable {
    private final Map<String, String> properties;

    private S3Settings(Map<String, String> properties) {
        this.properties = properties;
        properties.forEach(System::setProperty);
    }

    public static S3Settings of(S3Server server) {
        return withSecret(server, S3Server.SECRET_KEY);
    }

    public static S3Settings withSecret(S3Server server, String secretKey) {
        return new S3Settings(Map.of(
                "aws.endpointUrlS3",
                server.endpoint().toString(),
                "aws.region",
                S3Server.REGION,
                "aws.accessKeyId",
                S3Server.ACCESS_KEY,
                "aws.secretAccessKey",
                secretKey));
    }

    @Override
    public void close() {
        properties.keySet().forEach(System::clearProperty);
    }
}

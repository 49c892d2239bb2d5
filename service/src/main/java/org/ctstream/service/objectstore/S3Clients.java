package org.ctstream.service.objectstore;

import java.time.Duration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Opens clients of S3-compatible stores. Endpoint, region and credentials come from where the AWS SDK looks for them:
 * system properties ({@code aws.region} and so on), the environment ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_S3},
 * {@code AWS_ACCESS_KEY_ID}, …), the files {@code ~/.aws/config} and {@code ~/.aws/credentials}, and the machine's or
 * container's role.
 */
public final class S3Clients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private S3Clients() {}

    /**
     * Opens one; thread-safe, and nothing is sent before its first use.
     *
     * @param timeout longest time for one call, its repetitions included
     * @throws IllegalStateException if no region is configured, naming the remedy
     */
    public static S3Client open(Duration timeout) {
        try {
            S3Client client = builder(timeout, false).build();
            // Only Amazon has a host name per bucket; whoever names another endpoint has a store of their own.
            if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
                return client;
            }
            client.close();
            return builder(timeout, true).build();
        } catch (SdkClientException e) {
            throw new IllegalStateException(
                    "The client of s3: stores cannot be set up: " + e.getMessage()
                            + " Remedy: set AWS_REGION (us-east-1 for most stores other than Amazon's) and, for those,"
                            + " AWS_ENDPOINT_URL_S3.",
                    e);
        }
    }

    private static S3ClientBuilder builder(Duration timeout, boolean pathStyle) {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT.compareTo(timeout) < 0 ? CONNECT_TIMEOUT : timeout)
                        .socketTimeout(timeout))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(timeout).retryStrategy(RetryMode.STANDARD))
                // One signature over the whole body, and no checksums of the SDK's own beside ours: both would come in
                // a
                // framing of the body that some compatible stores do not take.
                .serviceConfiguration(s3 -> s3.pathStyleAccessEnabled(pathStyle).chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
}

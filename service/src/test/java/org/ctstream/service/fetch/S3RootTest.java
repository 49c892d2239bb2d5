package org.ctstream.service.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.objectstore.S3Server;
import org.ctstream.service.objectstore.S3Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claim checks in an object store, through {@link PayloadReader} and the SDK's own search for its settings. */
class S3RootTest {
    private static final byte[] SCAN = {1, 2, 3};
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private S3Server server;
    private S3Settings settings;
    private PayloadReader reader;

    @BeforeEach
    void open() throws Exception {
        server = new S3Server();
        settings = S3Settings.of(server);
        reader = readerOf("s3://scans/received");
    }

    @AfterEach
    void close() {
        reader.close();
        settings.close();
        server.close();
    }

    @Test
    void objectUnderTheRootIsReadByASignedRequest() {
        server.store("received/ab/a b.dcm", SCAN);

        Payload payload = reader.read(claim("s3://scans/received/ab/a%20b.dcm"));

        assertThat(payload.content()).isEqualTo(SCAN);
        assertThat(server.badSignatures()).isZero();
        assertThat(server.requests()).containsExactly("GET /scans/received/ab/a%20b.dcm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://other/received/x",
                "s3://scans/other/x",
                "s3://scans/received/../other/x",
                "s3://scans/received/%2e%2e/other/x",
                "s3://127.0.0.1/scans/received/x",
                "http://127.0.0.1/scans/received/x"
            })
    void foreignBucketsAndPathsOutOfTheFolderAreNeverRequested(String uri) {
        assertPoison("outside-roots", uri);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void missingObjectIsPoison() {
        assertPoison("claim-not-found", "s3://scans/received/gone");
    }

    @Test
    void objectOfAnotherLengthIsPoison() {
        server.store("received/1", new byte[500]);

        assertPoison("length-mismatch", "s3://scans/received/1");
    }

    @Test
    void objectOfOtherContentIsPoison() {
        server.store("received/1", new byte[] {3, 2, 1});

        assertPoison("digest-mismatch", "s3://scans/received/1");
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, claim-access-denied",
        "404, '', claim-not-found",
        "400, KeyTooLongError, claim-refused"
    })
    void answerAboutTheObjectIsPoison(int status, String code, String reason) {
        server.fail(status, code);

        assertPoison(reason, "s3://scans/received/1");
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket",
        "403, InvalidAccessKeyId",
        "400, ExpiredToken",
        "403, RequestTimeTooSkewed",
        "301, PermanentRedirect",
        "307, TemporaryRedirect",
        "503, SlowDown",
        "500, InternalError"
    })
    void answerThatTheOperatorOrTimeMendsHoldsTheScan(int status, String code) {
        server.fail(status, code);

        assertThatExceptionOfType(RetriableStageException.class)
                .isThrownBy(() -> reader.read(claim("s3://scans/received/doe")))
                .withMessageContaining("s3://scans/received/")
                .withMessageContaining("the store answered " + status)
                .satisfies(e -> assertThat(String.valueOf(e)).doesNotContain("doe"));
    }

    @Test
    void credentialsTheStoreRefusesHoldTheScan() {
        settings.close();
        settings = S3Settings.withSecret(server, "another");
        server.store("received/1", SCAN);
        try (PayloadReader stranger = readerOf("s3://scans/received")) {
            assertThatExceptionOfType(RetriableStageException.class)
                    .isThrownBy(() -> stranger.read(claim("s3://scans/received/1")))
                    .withMessageContaining("SignatureDoesNotMatch");
        }
    }

    @Test
    void storeNobodyAnswersAtHoldsTheScan() throws Exception {
        try (ServerSocket port = new ServerSocket(0)) {
            System.setProperty("aws.endpointUrlS3", "http://127.0.0.1:" + port.getLocalPort());
        }
        try (PayloadReader lost = readerOf("s3://scans/received")) {
            assertThatExceptionOfType(RetriableStageException.class)
                    .isThrownBy(() -> lost.read(claim("s3://scans/received/1")));
        }
    }

    @Test
    void rootWithACredentialInItIsRefusedAtTheStart() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ClaimRoots.of(List.of("s3://user:secret@scans/"), TIMEOUT))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    private static PayloadReader readerOf(String root) {
        return new PayloadReader(ClaimRoots.of(List.of(root), TIMEOUT), 1_000, TIMEOUT, 4);
    }

    private void assertPoison(String reason, String uri) {
        assertThatExceptionOfType(PoisonRecordException.class)
                .isThrownBy(() -> reader.read(claim(uri)))
                .satisfies(poison -> assertThat(poison.reason()).isEqualTo(reason));
    }

    /** A claim check that tells the truth. */
    private static ClaimCheck claim(String uri) {
        return new ClaimCheck(uri, Sha256.hex(SCAN), (long) SCAN.length);
    }
}

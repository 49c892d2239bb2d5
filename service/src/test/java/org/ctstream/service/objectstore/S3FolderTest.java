package org.ctstream.service.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3FolderTest {
    private final S3Folder folder = S3Folder.of(URI.create("s3://scans_1/received"));

    @Test
    void slashAtTheEndMakesNoDifference() {
        assertThat(S3Folder.of(URI.create("s3://scans_1/received/"))).isEqualTo(folder);
        assertThat(folder.uri()).hasToString("s3://scans_1/received/");
        assertThat(S3Folder.of(URI.create("s3://scans_1")).uri()).hasToString("s3://scans_1/");
    }

    @Test
    void uriOfAnObjectLeadsBackToItsKey() {
        URI uri = folder.uri("ab/a b+ä%");

        assertThat(uri).hasToString("s3://scans_1/received/ab/a%20b+ä%25");
        assertThat(folder.keyOf(uri)).contains("received/ab/a b+ä%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://other/received/x",
                "s3://scans_1.other/received/x",
                "s3://user@scans_1/received/x",
                "s3://scans_1:80/received/x",
                "s3://scans_1/other/x",
                "s3://scans_1/received",
                "s3://scans_1/received/",
                "s3://scans_1/received-2/x",
                "s3://scans_1/received/../other/x",
                "s3://scans_1/received/%2e%2e/other/x",
                "s3://scans_1/received/..%2fother",
                "s3://scans_1/received/.%5cx",
                "s3://scans_1/received/..;/x",
                "s3://scans_1/received//x",
                "s3://scans_1//received/x",
                "s3://scans_1/received/x/",
                "s3://scans_1/received/a%00b",
                "s3://scans_1/received/a%0Ab",
                "s3://scans_1/received/x?versionId=1",
                "s3://scans_1/received/x#y",
                "s3:scans_1/received/x",
                "http://scans_1/received/x",
                "//scans_1/received/x"
            })
    void uriThatIsNotPlainlyInTheFolderHasNoKey(String uri) {
        assertThat(folder.keyOf(URI.create(uri))).isEmpty();
    }

    @Test
    void keyLongerThanS3TakesIsNone() {
        assertThat(folder.keyOf(folder.uri("x".repeat(1_015)))).isPresent();
        assertThat(folder.keyOf(folder.uri("x".repeat(1_016)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:///received",
                "s3:scans",
                "s3://s",
                "s3://-scans/",
                "s3://user:secret@scans/",
                "s3://scans/?x",
                "s3://scans/../x",
                "s3://scans//x",
                "https://scans/x"
            })
    void uriThatNamesNoFolderOfABucketIsRefused(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> S3Folder.of(URI.create(uri)));
    }
}

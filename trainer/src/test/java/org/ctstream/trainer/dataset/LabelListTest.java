package org.ctstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelListTest {
    @TempDir
    private Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void makeImages() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(data.resolve("a b"));
        Files.writeString(data.resolve("a b/1.png"), "x");
        Files.writeString(data.resolve("2,3.png"), "x");
        Files.writeString(folder.resolve("outside.png"), "x");
    }

    @ParameterizedTest
    @CsvSource({
        "COVID,true",
        "covid,true",
        "Positive,true",
        "1,true",
        "NON_COVID,false",
        "non_covid,false",
        "negative,false",
        "0,false"
    })
    void labelIsUnderstoodInAnyCase(String label, boolean positive) throws IOException {
        LabelList list = read("path,label\na b/1.png," + label + "\n");

        assertThat(list.rejected()).isEmpty();
        assertThat(list.rows()).singleElement().satisfies(row -> {
            assertThat(row.positive()).isEqualTo(positive);
            assertThat(row.path()).isEqualTo(data.resolve("a b/1.png").toAbsolutePath());
            assertThat(row.source()).isEqualTo("list.csv:2");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path,label\r\na b/1.png,COVID\r\n\"2,3.png\",0\r\n",
                "a b/1.png,COVID\n\"2,3.png\",0",
                "\uFEFFlabel,site,path\nCOVID,x,a b/1.png\n\n0,y,\"2,3.png\"\n",
                "Path , Label\n a b/1.png , COVID \n\"2,3.png\",0\n",
                "a b\\1.png,COVID\n\"2,3.png\",0"
            })
    void listIsReadHoweverItIsWritten(String text) throws IOException {
        LabelList list = read(text);

        assertThat(list.rejected()).isEmpty();
        assertThat(list.folderName()).isEqualTo("data");
        assertThat(list.rows()).extracting(LabelList.Row::positive).containsExactly(true, false);
        assertThat(list.rows())
                .extracting(row -> String.valueOf(row.path().getFileName()))
                .containsExactly("1.png", "2,3.png");
    }

    @Test
    void badRowIsRejectedWithItsLineAndTheOthersGoOn() throws IOException {
        LabelList list = read("path,label\na b/1.png,maybe\ngone.png,1\na b/1.png\n\"a b/1.png,1\na b/1.png,1\n");

        assertThat(list.rows()).extracting(LabelList.Row::line).containsExactly(6);
        assertThat(list.rejected())
                .extracting(Rejected::source, Rejected::field)
                .containsExactly(
                        tuple("list.csv:2", "label"),
                        tuple("list.csv:3", "path"),
                        tuple("list.csv:4", "label"),
                        tuple("list.csv:5", "row"));
        assertThat(list.rejected())
                .allSatisfy(rejected ->
                        assertThat(rejected.toString()).contains("Remedy").doesNotContain("gone", "1.png", "maybe"));
    }

    @Test
    void pathOutOfTheFolderIsRejectedUnlessAllowed() throws IOException {
        Files.createSymbolicLink(data.resolve("link.png"), folder.resolve("outside.png"));
        Path file = Files.writeString(
                data.resolve("list.csv"),
                "../outside.png,1\n" + folder.resolve("outside.png").toAbsolutePath() + ",1\nlink.png,1\n");

        assertThat(LabelList.read(file, false).rejected())
                .hasSize(3)
                .allSatisfy(rejected -> assertThat(rejected.detail()).contains("out of the list's folder"));
        assertThat(LabelList.read(file, true).rows()).hasSize(3);
    }

    @Test
    void absentListAndBinaryListAreErrorsThatNameIt() throws IOException {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> LabelList.read(data.resolve("no.csv"), false))
                .withMessageContaining("no.csv");
        Path binary = Files.write(data.resolve("binary.csv"), "a,ä".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> LabelList.read(binary, false))
                .withMessageContaining("UTF-8");
    }

    private LabelList read(String text) throws IOException {
        return LabelList.read(Files.writeString(data.resolve("list.csv"), text), false);
    }
}

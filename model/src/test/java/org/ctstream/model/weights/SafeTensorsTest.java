package org.ctstream.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
    private static final String F32_OF_8_BYTES = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

    @TempDir
    Path folder;

    @Test
    void tensorsAndNotesComeBackAsTheyWereWritten() throws IOException {
        Weights weights = new Weights(
                Map.of("architecture", "tiny", "note", "ä \" \\"),
                Map.of(
                        "b.weight", Tensor.ofFloats(List.of(2L, 1L), new float[] {1.5f, Float.NaN}),
                        "a.bias", Tensor.ofFloats(List.of(1L), new float[] {-0f}),
                        "none", Tensor.ofFloats(List.of(0L, 3L), new float[0]),
                        "steps",
                                new Tensor(
                                        ElementType.I64,
                                        List.of(),
                                        littleEndian(8).putLong(7).flip())));

        SafeTensors.write(weights, file());

        assertThat(SafeTensors.read(file())).isEqualTo(weights);
        assertThat(SafeTensors.read(file()).tensor("b.weight").toFloats()).containsExactly(1.5f, Float.NaN);
    }

    @Test
    void bytesAreTheFormatsAndAlwaysTheSame() throws IOException {
        Weights weights = new Weights(Map.of("k", "v"), Map.of("a", Tensor.ofFloats(List.of(1L), new float[] {1})));
        SafeTensors.write(weights, file());

        String header =
                "{\"__metadata__\":{\"k\":\"v\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] expected = littleEndian(8 + 80 + 4)
                .putLong(80)
                .put((header + " ".repeat(80 - header.length())).getBytes(StandardCharsets.UTF_8))
                .putFloat(1)
                .array();
        assertThat(Files.readAllBytes(file())).isEqualTo(expected);
        assertThat(weights.sha256()).isEqualTo(Sha256.of(file())).isEqualTo(Sha256.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no object           | []                                                            | must be a JSON object",
                "not JSON            | {'a':                                                         | no JSON object",
                "text after it       | {} {}                                                         | no JSON object",
                "two of one name     | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | no JSON object",
                "nested too deep     | {'a':{'shape':[[[[[0]]]]]}}                                   | no JSON object",
                "tensor no object    | {'a':1}                                                       | a must be a JSON object",
                "notes no object     | {'__metadata__':[]}                                           | __metadata__ must be a JSON object",
                "note no text        | {'__metadata__':{'k':1}}                                      | __metadata__.k must be a text",
                "no dtype            | {'a':{'shape':[2],'data_offsets':[0,8]}}                      | a.dtype must be a text",
                "unknown dtype       | {'a':{'dtype':'F31','shape':[2],'data_offsets':[0,8]}}        | found F31",
                "no shape            | {'a':{'dtype':'F32','data_offsets':[0,8]}}                    | a.shape must be",
                "negative axis       | {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}       | a.shape must be",
                "fractional axis     | {'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}      | a.shape must be",
                "too many axes       | {'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,2],'data_offsets':[0,8]}} | a.shape must be 0 to 8",
                "overflowing axis    | {'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | a.shape must be",
                "overflowing product | {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | too large",
                "one offset          | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}          | a.data_offsets must be 2",
                "shape off offsets   | {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}        | has 12 bytes, found offsets [0, 8]",
                "offsets reversed    | {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}        | has 8 bytes, found offsets [8, 0]",
                "gap                 | {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}        | gap or overlap at byte 0",
                "overlap             | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | gap or overlap at byte 8",
                "bytes left over     | {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}        | take 4 bytes, but 8 follow",
                "beyond the end      | {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}       | take 12 bytes, but 8 follow"
            })
    void headerThatDoesNotDescribeItsFileIsRefused(String what, String header, String message) throws IOException {
        writeFile(header, 8);

        assertThatThrownBy(() -> SafeTensors.read(file()))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "67", "16777217", "9223372036854775807"})
    void headerLengthThatCannotBeIsRefusedBeforeAnythingIsAllocated(long headerBytes) throws IOException {
        Files.write(file(), littleEndian(8 + 66).putLong(headerBytes).array());

        assertThatThrownBy(() -> SafeTensors.read(file()))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("header has from 2 to 66 bytes");
    }

    @Test
    void everyTruncationOfAFileIsRefused() throws IOException {
        writeFile(F32_OF_8_BYTES, 8);
        byte[] whole = Files.readAllBytes(file());
        assertThat(SafeTensors.read(file()).tensors()).containsOnlyKeys("a");

        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafeTensors.read(file())).isInstanceOf(WeightsException.Unreadable.class);
        }
    }

    @Test
    void elementsStayOffTheHeapAndAreKeptWhenTheirFileIsReplacedOrDeleted() throws IOException {
        Weights first = new Weights(Map.of(), Map.of("a", Tensor.ofFloats(List.of(1L), new float[] {1})));
        SafeTensors.write(first, file());
        Weights read = SafeTensors.read(file());
        assertThat(read.tensor("a").data().isDirect()).isTrue();

        SafeTensors.write(new Weights(Map.of(), Map.of()), file());
        assertThat(SafeTensors.read(file()).tensors()).isEmpty();
        assertThat(read).isEqualTo(first);

        SafeTensors.write(read, file());
        assertThat(SafeTensors.read(file())).isEqualTo(first);
        assertThat(folder)
                .isDirectoryContaining("glob:**/file.safetensors")
                .isDirectoryNotContaining("glob:**.writing");

        Files.delete(file());
        assertThat(read).isEqualTo(first);
    }

    @Test
    void absentFileIsReportedByName() {
        assertThatThrownBy(() -> SafeTensors.read(folder.resolve("none.safetensors")))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("none.safetensors");
    }

    @Test
    void tensorThatIsNotThereIsNamed() {
        Weights weights = new Weights(Map.of(), Map.of());

        assertThatThrownBy(() -> weights.tensor("features.conv0.weight"))
                .isInstanceOfSatisfying(
                        WeightsException.Mismatch.class,
                        e -> assertThat(e.tensor()).isEqualTo("features.conv0.weight"));
    }

    private Path file() {
        return folder.resolve("file.safetensors");
    }

    private void writeFile(String header, int elementBytes) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Files.write(
                file(),
                littleEndian(8 + json.length + elementBytes)
                        .putLong(json.length)
                        .put(json)
                        .array());
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

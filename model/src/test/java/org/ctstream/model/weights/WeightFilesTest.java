package org.ctstream.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under {@code torch/} were saved by torch 2.15, all with the same tensors but for the checkpoint. */
class WeightFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-zip.pth", "tiny-legacy.pth", "tiny-protocol4.pth"})
    void stateDictsOfTorchAreReadInEveryLayout(String name) throws IOException {
        Weights weights = WeightFiles.read(resource(name));

        assertThat(weights.tensors())
                .containsOnlyKeys(
                        "bf",
                        "bool",
                        "double",
                        "features.denseblock1.denselayer1.conv2.weight",
                        "features.denseblock1.denselayer1.norm1.weight",
                        "half",
                        "num_batches_tracked",
                        "param",
                        "shared",
                        "transposed");
        assertThat(weights.tensor("features.denseblock1.denselayer1.norm1.weight")
                        .toFloats())
                .containsExactly(1.5f, -2, 3);
        assertThat(weights.tensor("features.denseblock1.denselayer1.conv2.weight"))
                .hasToString("F32 [2, 3, 2]")
                .extracting(Tensor::toFloats)
                .isEqualTo(new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f, 2, 2.25f, 2.5f, 2.75f});
        assertThat(weights.tensor("shared").toFloats()).containsExactly(2, 3, 4);
        assertThat(weights.tensor("transposed"))
                .hasToString("F32 [4, 3]")
                .extracting(Tensor::toFloats)
                .isEqualTo(new float[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11});
        assertThat(weights.tensor("half").toFloats()).containsExactly(0.5f, 65504, -0f);
        assertThat(weights.tensor("bf").toFloats()).containsExactly(1, -3.140625f);
        assertThat(weights.tensor("double").toFloats()).containsExactly(0.1f);
        assertThat(weights.tensor("param").toFloats()).containsExactly(9);
        assertThat(weights.tensor("num_batches_tracked").data().getLong()).isEqualTo(7);
        assertThat(weights.tensor("bool").data().getShort()).isEqualTo((short) 1);
    }

    @Test
    void tensorsOfACheckpointAreFoundUnderStateDict() throws IOException {
        assertThat(WeightFiles.read(resource("checkpoint.pth")).tensors())
                .containsOnlyKeys(
                        "0.bias",
                        "0.num_batches_tracked",
                        "0.running_mean",
                        "0.running_var",
                        "0.weight",
                        "1.bias",
                        "1.weight");
    }

    @Test
    void safetensorsAreKnownByTheirContentAndOldNamesAreMappedThereToo() throws IOException {
        Tensor tensor = Tensor.ofFloats(List.of(1L), new float[] {4});
        Path file = folder.resolve("named-wrongly.pth");
        SafeTensors.write(new Weights(Map.of("k", "v"), Map.of("f.denselayer12.norm.2.running_var", tensor)), file);

        assertThat(WeightFiles.read(file))
                .isEqualTo(new Weights(Map.of("k", "v"), Map.of("f.denselayer12.norm2.running_var", tensor)));
    }

    @Test
    void tensorUnderItsOldAndItsNewNameIsRefused() throws IOException {
        Tensor tensor = Tensor.ofFloats(List.of(1L), new float[] {4});
        Path file = folder.resolve("both");
        SafeTensors.write(
                new Weights(Map.of(), Map.of("f.denselayer1.conv.1.w", tensor, "f.denselayer1.conv1.w", tensor)), file);

        assertThatThrownBy(() -> WeightFiles.read(file))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("f.denselayer1.conv1.w under its old and its new name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hello, this is no file of weights"})
    void otherFilesAreRefusedSayingWhatIsExpected(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("other"), content);

        assertThatThrownBy(() -> WeightFiles.read(file))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("neither a safetensors file nor one that torch saved");
    }

    @Test
    void absentFileIsRefusedNamingIt() {
        assertThatThrownBy(() -> WeightFiles.read(folder.resolve("absent.pth")))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("absent.pth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-zip.pth", "tiny-legacy.pth"})
    void fileCutAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));

            assertThat(catchThrowable(() -> WeightFiles.read(cut)))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(WeightsException.Unreadable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-zip.pth", "tiny-legacy.pth"})
    void fileWithAnyByteChangedIsReadOrRefusedAndNothingElse(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name));
        for (int at = 0; at < whole.length; at++) {
            for (int change : new int[] {0x01, 0x7f, 0xff}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) change;
                Path file = Files.write(folder.resolve("changed"), changed);

                Throwable refused = catchThrowable(() -> WeightFiles.read(file));

                if (refused != null) {
                    assertThat(refused)
                            .as("byte %d changed by %d", at, change)
                            .isInstanceOf(WeightsException.Unreadable.class);
                }
            }
        }
    }

    @Test
    void zipWithoutAPickleIsRefused() throws IOException {
        assertThatThrownBy(() -> WeightFiles.read(zip("a/other", new byte[3])))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("has no data.pkl");
    }

    @Test
    void storageThatIsMissingIsRefusedNamingIt() throws IOException {
        byte[] pickle = pickleOf("(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "7X\3\0\0\0cpuK\2tQ");

        assertThatThrownBy(() -> WeightFiles.read(zip("a/data.pkl", pickle)))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("storage 7 has 8 bytes in the pickle, found none");
    }

    @Test
    void storageThatClaimsMoreThanAFileMayHaveIsRefused() throws IOException {
        byte[] pickle =
                pickleOf("(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "7X\3\0\0\0cpu\u008a\6\0\0\0\0\0\20tQ");

        assertThatThrownBy(() -> WeightFiles.read(zip("a/data.pkl", pickle)))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("storage 7 claims 17592186044416 elements");
    }

    @Test
    void pickleThatCallsSomethingElseIsRefusedNamingIt() throws IOException {
        byte[] pickle = "\u0080\2cos\nsystem\nX\2\0\0\0lsR.".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> WeightFiles.read(zip("a/data.pkl", pickle)))
                .isInstanceOf(WeightsException.Unreadable.class)
                .hasMessageContaining("it names os.system");
    }

    /** A state dict with one tensor x of shape [2], whose storage is what these instructions leave. */
    private static byte[] pickleOf(String storage) {
        String text = "\u0080\2}X\1\0\0\0xctorch._utils\n_rebuild_tensor\n(" + storage + "K\0K\2\u0085K\1\u0085tRs.";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path zip(String name, byte[] content) throws IOException {
        Path file = folder.resolve("zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        }
        return file;
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/torch/" + name), name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}

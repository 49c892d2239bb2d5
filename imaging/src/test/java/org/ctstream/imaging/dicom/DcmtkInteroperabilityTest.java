package org.ctstream.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.phantom.DicomEncoding;
import org.ctstream.imaging.phantom.DicomEncoding.Syntax;
import org.ctstream.imaging.phantom.DicomEncoding.Values;
import org.ctstream.imaging.phantom.Phantom;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds reader and phantom writer against DCMTK, a DICOM implementation that shares no line with ours: it must read what
 * we write and we must read what it writes. Skipped where its tools are not installed.
 */
class DcmtkInteroperabilityTest {

    private final Phantom phantom = new PhantomSlices(128).generate(21, true);

    @TempDir
    Path directory;

    @BeforeEach
    void needsDcmtk() {
        assumeThat(List.of("dcmdump", "dcmconv", "dcm2pnm", "dcmcjpeg", "dcmdjpeg", "dcmcrle"))
                .allMatch(DcmtkInteroperabilityTest::isInstalled);
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void dcmdumpFindsNothingWrongInWhatTheWriterWrites(Syntax syntax) throws Exception {
        Path file = write(syntax, Values.WINDOWED_8, false);

        assertThat(run("dcmdump", "-q", "-Un", file.toString()))
                .doesNotContain("W:")
                .doesNotContain("E:");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "EXPLICIT_LITTLE_ENDIAN, HU_UNSIGNED_12", "IMPLICIT_LITTLE_ENDIAN, HU_SIGNED_16",
        "EXPLICIT_BIG_ENDIAN, HU_SIGNED_16", "DEFLATED_LITTLE_ENDIAN, HU_UNSIGNED_12"
    })
    void lungWindowIsThatOfDcmtkWithinOneLevel(Syntax syntax, Values values) throws Exception {
        Path file = write(syntax, values, false);
        Path picture = directory.resolve("out.pgm");

        run("dcm2pnm", "+Ww", "-600", "1500", "+opb", file.toString(), picture.toString());

        byte[] theirs = pgmPixels(Files.readString(picture));
        byte[] ours = decode(file).pixels();
        assertThat(theirs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.length; i++) {
            assertThat(Math.abs((theirs[i] & 0xFF) - (ours[i] & 0xFF)))
                    .as("pixel %d", i)
                    .isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest(name = "dcmconv {0}")
    @CsvSource({"+ti", "+te", "+tb", "+td"})
    void whatDcmconvWritesHasTheSamePixels(String toSyntax) throws Exception {
        for (Values values : Values.values()) {
            Path converted = convert("dcmconv", toSyntax, write(Syntax.EXPLICIT_LITTLE_ENDIAN, values, false));

            assertThat(decode(converted)).as("%s", values).isEqualTo(phantom.toGreySlice());
        }
    }

    @ParameterizedTest(name = "sequence lengths {0}")
    @CsvSource({"+e", "-e"})
    void sequencesOfBothLengthFormsAreSkipped(String lengths) throws Exception {
        Path file = write(Syntax.EXPLICIT_LITTLE_ENDIAN, Values.HU_UNSIGNED_12, false);
        run(
                "dcmodify",
                "-nb",
                "-i",
                "(0008,1140)[0].(0008,1155)=1.2.3",
                "-i",
                "(0008,1140)[0].(0008,1150)=1.2.4",
                file.toString());

        assertThat(decode(convert("dcmconv", lengths, file))).isEqualTo(phantom.toGreySlice());
    }

    @Test
    void rleLosslessOfDcmcrleHasTheSamePixels() throws Exception {
        for (Values values : Values.values()) {
            Path packed = convert("dcmcrle", "+un", write(Syntax.EXPLICIT_LITTLE_ENDIAN, values, false));

            assertThat(decode(packed)).as("%s", values).isEqualTo(phantom.toGreySlice());
        }
    }

    @Test
    void jpegBaselineOfDcmcjpegIsDecodedLikeDcmdjpegDoes() throws Exception {
        Path packed = convert("dcmcjpeg", "+eb", write(Syntax.EXPLICIT_LITTLE_ENDIAN, Values.WINDOWED_8, false));
        Path unpacked = convert("dcmdjpeg", "+te", packed);

        byte[] ours = decode(packed).pixels();
        byte[] theirs = decode(unpacked).pixels();
        for (int i = 0; i < ours.length; i++) {
            assertThat(Math.abs((theirs[i] & 0xFF) - (ours[i] & 0xFF)))
                    .as("pixel %d", i)
                    .isLessThanOrEqualTo(1);
        }
    }

    private Path write(Syntax syntax, Values values, boolean monochrome1) throws IOException {
        Path file = directory.resolve("in-" + values + ".dcm");
        return Files.write(file, phantom.toDicom(new DicomEncoding(syntax, values, monochrome1)));
    }

    private Path convert(String tool, String option, Path file) throws Exception {
        Path out = directory.resolve(tool + "-" + file.getFileName());
        run(tool, option, file.toString(), out.toString());
        return out;
    }

    private static GreySlice decode(Path file) throws Exception {
        return new ScanDecoder(DecodeLimits.DEFAULTS)
                .decode(Files.readAllBytes(file))
                .slice();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", new ArrayList<>(List.of(command)), output)
                .isZero();
        return output;
    }

    private static boolean isInstalled(String tool) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return true;
            }
        }
        return false;
    }

    /** The pixels of a PGM in text form: every word after magic number, width, height and largest value. */
    private static byte[] pgmPixels(String pgm) {
        String[] words = pgm.strip().split("\\s+", -1);
        byte[] pixels = new byte[words.length - 4];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Integer.parseInt(words[i + 4]);
        }
        return pixels;
    }
}

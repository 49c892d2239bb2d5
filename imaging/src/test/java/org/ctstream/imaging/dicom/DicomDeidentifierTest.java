package org.ctstream.imaging.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.dicom.DicomDeidentifier.Deidentified;
import org.ctstream.imaging.phantom.DicomEncoding;
import org.ctstream.imaging.phantom.DicomEncoding.Syntax;
import org.ctstream.imaging.phantom.DicomEncoding.Values;
import org.ctstream.imaging.phantom.Phantom;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DicomDeidentifierTest {
    private static final String NAME = "QUIXWORTH^ZEBEDIAH";

    private final DecodeLimits limits = DecodeLimits.DEFAULTS;
    private final Phantom phantom = new PhantomSlices(64).generate(5, true);

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void pixelsAreReadAsBeforeInEveryTransferSyntaxAndNothingNamesThePatient(Syntax syntax) throws Exception {
        var values = syntax == Syntax.JPEG_BASELINE ? Values.WINDOWED_8 : Values.HU_SIGNED_16;
        byte[] original = phantom.toDicom(new DicomEncoding(syntax, values, false));

        Deidentified clean = deidentify(original);

        assertThat(new ScanDecoder(limits).decode(clean.file()).slice())
                .isEqualTo(new ScanDecoder(limits).decode(original).slice());
        assertThat(text(clean.file()))
                .doesNotContain("PHANTOM^SYNTHETIC")
                .doesNotContain("SYNTHETIC-5")
                .doesNotContain("20200101")
                .contains("allow-list beyond PS3.15");
        assertThat(clean.identity().patientId()).contains("SYNTHETIC-5");
        assertThat(clean.identity().studyInstanceUid()).isPresent();
        DicomIdentity left =
                new ScanDecoder(limits).decode(clean.file()).dicom().orElseThrow();
        assertThat(left.patientId()).isEmpty();
        assertThat(left.studyInstanceUid()).isEmpty();
        assertThat(left.acquisitionDateTime()).isEmpty();
    }

    @Test
    void nothingButTheAllowListStaysWhereverTheNameStands() throws Exception {
        byte[] item = sequenceWith(NAME);
        byte[] original = DicomFileBuilder.valid()
                .text(0x00080050, "SH", "ACC-" + NAME)
                .text(0x00080080, "LO", NAME)
                .text(0x00081030, "LO", NAME)
                .put(0x00081110, "SQ", item)
                .undefined(0x00081140, "SQ", concat(item, DicomFileBuilder.item(0xFFFEE0DD, 0)))
                .text(0x00090010, "LO", NAME)
                .text(0x00091001, "UN", NAME)
                .text(0x00100010, "PN", NAME)
                .text(0x00100030, "DA", "19371104")
                .text(0x00104000, "LT", NAME)
                .text(0x00280000 | 0x1055, "LO", NAME)
                .put(0x60003000, "OW", NAME.getBytes(ISO_8859_1))
                .text(0xFFFCFFFC, "OB", NAME)
                .build();
        byte[] withPreamble = original.clone();
        System.arraycopy(NAME.getBytes(ISO_8859_1), 0, withPreamble, 0, NAME.length());

        byte[] clean = deidentify(withPreamble).file();

        assertThat(text(clean))
                .doesNotContain("QUIXWORTH")
                .doesNotContain("ZEBEDIAH")
                .doesNotContain("19371104");
        assertThat(new ScanDecoder(limits).decode(clean).slice())
                .isEqualTo(new ScanDecoder(limits).decode(original).slice());
    }

    @Test
    void nameInAFieldForNumbersOrCodesGoesToo() throws Exception {
        byte[] original = DicomFileBuilder.valid()
                .text(0x00080060, "CS", NAME)
                .text(0x00180050, "DS", NAME)
                .text(0x00200032, "DS", NAME)
                .text(0x00281054, "LO", NAME)
                .build();

        assertThat(text(deidentify(original).file())).doesNotContain("QUIXWORTH");
    }

    @Test
    void sameFileBecomesTheSameBytes() throws Exception {
        assertThat(deidentify(phantom.toDicom()).file())
                .isEqualTo(deidentify(phantom.toDicom()).file());
    }

    @Test
    void burnedInTextIsRefused() {
        byte[] original = DicomFileBuilder.valid().text(0x00280301, "CS", "YES").build();

        assertThatThrownBy(() -> deidentify(original))
                .isInstanceOf(ScanDecodeException.class)
                .hasMessageContaining("BurnedInAnnotation");
    }

    @Test
    void fileWhoseStructureCannotBeReadIsRefusedAndNotQuoted() {
        byte[] whole = DicomFileBuilder.valid().text(0x00100010, "PN", NAME).build();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 40);

        assertThatThrownBy(() -> deidentify(cut))
                .isInstanceOf(ScanDecodeException.class)
                .hasMessageNotContaining("QUIXWORTH");
    }

    private Deidentified deidentify(byte[] file) throws ScanDecodeException {
        return new DicomDeidentifier(limits)
                .deidentify(ByteWindow.of(file, "test"), DecodeDeadline.startingNow(limits));
    }

    private static byte[] sequenceWith(String name) {
        byte[] padded = (name.length() % 2 == 0 ? name : name + " ").getBytes(ISO_8859_1);
        var element = new ByteArrayOutputStream();
        element.writeBytes(new byte[] {0x10, 0, 0x10, 0, 'P', 'N', (byte) padded.length, 0});
        element.writeBytes(padded);
        return concat(DicomFileBuilder.item(0xFFFEE000, element.size()), element.toByteArray());
    }

    private static byte[] concat(byte[] a, byte[] b) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(a);
        out.writeBytes(b);
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}

package org.ctstream.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomReaderTest {

    private static final int ROWS = 0x00280010;
    private static final int BITS_ALLOCATED = 0x00280100;
    private static final int BITS_STORED = 0x00280101;
    private static final int HIGH_BIT = 0x00280102;
    private static final int SIGNED = 0x00280103;
    private static final int PHOTOMETRIC = 0x00280004;
    private static final int PIXEL_DATA = 0x7FE00010;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;

    @Test
    void computedTomographyGoesThroughTheLungWindowWhateverWindowTheFileSuggests() throws Exception {
        byte[] file = ct().words(0, 24, 424, 1024, 1174, 4095)
                .text(0x00281050, "DS", "40")
                .text(0x00281051, "DS", "400")
                .build();

        // HU: -1024, -1000, -600, 0, 150, 3071
        assertThat(pixels(file)).containsExactly(55, 60, 128, 230, 255, 255);
    }

    @Test
    void rescaleSlopeIsApplied() throws Exception {
        byte[] file = ct().text(0x00281053, "DS", "2")
                .text(0x00281052, "DS", "-1000")
                .words(0, 200, 500, 0, 0, 0)
                .build();

        assertThat(pixels(file)).startsWith(60, 128, 230);
    }

    @Test
    void monochrome1DoesNotInvertHounsfieldUnits() throws Exception {
        assertThat(pixels(ct().text(PHOTOMETRIC, "CS", "MONOCHROME1").build())).isEqualTo(pixels(ct().build()));
    }

    @Test
    void valuesThatAreNotHounsfieldUnitsUseTheFilesWindow() throws Exception {
        byte[] file = ct().text(0x00281054, "LO", "US")
                .text(0x00281052, "DS", "0")
                .text(0x00281050, "DS", "100\\40")
                .text(0x00281051, "DS", "101\\400")
                .words(0, 49, 99, 100, 149, 200)
                .build();

        // (x - 99.5) / 100 + 0.5, times 255
        assertThat(pixels(file)).containsExactly(0, 0, 126, 129, 254, 255);
    }

    @Test
    void fileWindowOfMonochrome1IsInverted() throws Exception {
        byte[] file = DicomFileBuilder.valid()
                .text(PHOTOMETRIC, "CS", "MONOCHROME1")
                .text(0x00281050, "DS", "2.5")
                .text(0x00281051, "DS", "5")
                .build();

        assertThat(pixels(file)).containsExactly(255, 191, 127, 64, 0, 0);
    }

    @Test
    void secondaryCaptureOfSixteenBitsIsSpreadFromSmallestToLargest() throws Exception {
        byte[] file = DicomFileBuilder.valid()
                .words(1000, 1000, 1500, 2000, 1250, 2000)
                .build();

        assertThat(pixels(file)).containsExactly(0, 0, 128, 255, 64, 255);
    }

    @Test
    void paddingValueDoesNotStretchTheContrast() throws Exception {
        byte[] file = DicomFileBuilder.valid()
                .us(0x00280120, 60_000)
                .words(60_000, 1000, 1500, 2000, 1250, 2000)
                .build();

        assertThat(pixels(file)).containsExactly(255, 0, 128, 255, 64, 255);
    }

    @Test
    void nonlinearWindowFunctionIsNotMistakenForALinearOne() throws Exception {
        byte[] file = DicomFileBuilder.valid()
                .text(0x00281050, "DS", "2")
                .text(0x00281051, "DS", "2")
                .text(0x00281056, "CS", "SIGMOID")
                .build();

        assertThat(pixels(file)).containsExactly(0, 51, 102, 153, 204, 255);
    }

    @ParameterizedTest
    @CsvSource({"MONOCHROME2, 0", "MONOCHROME1, 255"})
    void eightBitsAreKeptAsTheyAre(String photometric, int flip) throws Exception {
        byte[] file = eightBit().text(PHOTOMETRIC, "CS", photometric).build();

        assertThat(pixels(file)).containsExactly(0 ^ flip, 7 ^ flip, 100 ^ flip, 200 ^ flip, 254 ^ flip, 255 ^ flip);
    }

    @Test
    void signedValuesAreReadAsTwosComplement() throws Exception {
        byte[] file = ct().us(SIGNED, 1)
                .text(0x00281052, "DS", "0")
                .words(-1024, -1000, -600, 0, 150, 3071)
                .build();

        assertThat(pixels(file)).containsExactly(55, 60, 128, 230, 255, 255);
    }

    @Test
    void bitsOutsideBitsStoredAreMaskedAndTheSignIsThatOfTheHighBit() throws Exception {
        byte[] file = ct().us(BITS_STORED, 12)
                .us(HIGH_BIT, 13)
                .us(SIGNED, 1)
                .text(0x00281052, "DS", "0")
                .words(0xC003 | ((-600 & 0xFFF) << 2), 0, 0, 0, 0, 0)
                .build();

        assertThat(pixels(file)).startsWith(128, 230);
    }

    @Test
    void implicitVrHoldsTheSamePixels() throws Exception {
        assertThat(pixels(ct().implicitVr().build())).isEqualTo(pixels(ct().build()));
    }

    @Test
    void bigEndianEightBitWordsAreSwappedBack() throws Exception {
        DicomFileBuilder big = new DicomFileBuilder()
                .bigEndian()
                .us(ROWS, 1)
                .us(0x00280011, 4)
                .us(BITS_ALLOCATED, 8)
                .us(BITS_STORED, 8)
                .us(HIGH_BIT, 7)
                .us(SIGNED, 0)
                .text(PHOTOMETRIC, "CS", "MONOCHROME2");

        // As OW the first pixel is the low byte of the first word; as OB bytes stand in order.
        assertThat(pixels(big.words(0x0201, 0x0403).build())).containsExactly(1, 2, 3, 4);
        assertThat(pixels(big.bytes(1, 2, 3, 4).build())).containsExactly(1, 2, 3, 4);
    }

    @Test
    void rgbBecomesLumaInBothPlanarConfigurations() throws Exception {
        DicomFileBuilder rgb = eightBit()
                .us(0x00280002, 3)
                .text(PHOTOMETRIC, "CS", "RGB")
                .us(ROWS, 1)
                .us(0x00280011, 2);

        assertThat(pixels(rgb.bytes(255, 0, 0, 0, 255, 0).build())).containsExactly(76, 150);
        assertThat(pixels(rgb.us(0x00280006, 1).bytes(255, 0, 0, 255, 0, 0).build()))
                .containsExactly(76, 150);
        assertThat(pixels(rgb.us(0x00280006, 0)
                        .text(PHOTOMETRIC, "CS", "YBR_FULL")
                        .bytes(10, 0, 0, 99, 255, 0)
                        .build()))
                .containsExactly(10, 99);
    }

    @Test
    void encapsulatedJpegOfSeveralFragmentsIsJoined() throws Exception {
        byte[] jpeg = Pictures.encode(Pictures.grey(java.awt.image.BufferedImage.TYPE_BYTE_GRAY, 1), "jpeg");
        byte[] even = Arrays.copyOf(jpeg, jpeg.length + jpeg.length % 2);
        byte[] whole = encapsulatedJpeg(even);
        byte[] split = encapsulatedJpeg(Arrays.copyOf(even, 100), Arrays.copyOfRange(even, 100, even.length));

        assertThat(pixels(split)).isEqualTo(pixels(whole));
        assertThat(pixels(whole)[20]).isBetween(Pictures.green(20) - 4, Pictures.green(20) + 4);
    }

    @Test
    void jpegOfAnotherSizeThanTheHeaderSaysIsCorrupt() {
        byte[] jpeg = Pictures.encode(Pictures.grey(java.awt.image.BufferedImage.TYPE_BYTE_GRAY, 1), "jpeg");
        byte[] file = jpegFile()
                .us(ROWS, 17)
                .undefined(PIXEL_DATA, "OB", fragments(jpeg))
                .build();

        assertThat(rejected(file).reason()).isEqualTo(Reason.CORRUPT);
        assertThat(rejected(file)).hasMessageContaining("16 x 24").hasMessageContaining("17 x 24");
    }

    @Test
    void rleLosslessIsUnpacked() throws Exception {
        // Two segments of six bytes: high bytes 0,0,0,0,0,4 and low bytes 0,24,168,0,150,0
        byte[] high = {(byte) -4, 0, 0, 4};
        byte[] low = {5, 0, 24, (byte) 168, 0, (byte) 150, 0};
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {2, 0, 0, 0, 64, 0, 0, 0, 68, 0, 0, 0});
        frame.writeBytes(new byte[52]);
        frame.writeBytes(high);
        frame.writeBytes(low);
        frame.write(0);
        byte[] file = ct().syntax("1.2.840.10008.1.2.5")
                .undefined(PIXEL_DATA, "OB", fragments(frame.toByteArray()))
                .build();

        assertThat(pixels(file))
                .containsExactly(pixels(ct().words(0, 24, 168, 0, 150, 1024).build()));
    }

    @Test
    void sequencesOfAnyLengthFormAreSkipped() throws Exception {
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        nested.writeBytes(DicomFileBuilder.item(ITEM, 0xFFFFFFFFL));
        nested.writeBytes(new byte[] {0x08, 0, 0x60, 0, 'C', 'S', 2, 0, 'M', 'R'});
        nested.writeBytes(new byte[] {0x08, 0, 0x15, 0x11, 'S', 'Q', 0, 0, -1, -1, -1, -1});
        nested.writeBytes(DicomFileBuilder.item(ITEM, 4));
        nested.writeBytes(new byte[4]);
        nested.writeBytes(DicomFileBuilder.item(SEQUENCE_END, 0));
        nested.writeBytes(DicomFileBuilder.item(ITEM_END, 0));
        nested.writeBytes(DicomFileBuilder.item(SEQUENCE_END, 0));
        byte[] file = ct().undefined(0x00081140, "SQ", nested.toByteArray())
                .put(0x00081111, "SQ", new byte[10])
                .build();

        // The nested Modality MR must not replace the image's CT.
        assertThat(pixels(file)).isEqualTo(pixels(ct().build()));
    }

    @Test
    void endlesslyNestedSequencesAreCorruptAndNotAStackOverflow() {
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            nested.writeBytes(DicomFileBuilder.item(ITEM, 0xFFFFFFFFL));
            nested.writeBytes(new byte[] {0x08, 0, 0x15, 0x11, 'S', 'Q', 0, 0, -1, -1, -1, -1});
        }

        ScanDecodeException rejection =
                rejected(ct().undefined(0x00081140, "SQ", nested.toByteArray()).build());

        assertThat(rejection.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(rejection).hasMessageContaining("nested");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.1.2.4.70, JPEG Lossless",
        "1.2.840.10008.1.2.4.57, JPEG Lossless",
        "1.2.840.10008.1.2.4.90, JPEG 2000 Lossless Only",
        "1.2.840.10008.1.2.4.80, JPEG-LS",
        "1.2.3.4, not known here"
    })
    void transferSyntaxThatIsNotDecodedIsNamed(String uid, String name) {
        ScanDecodeException rejection = rejected(ct().syntax(uid).build());

        assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_TRANSFER_SYNTAX);
        assertThat(rejection.field()).isEqualTo("TransferSyntaxUID (0002,0010)");
        assertThat(rejection)
                .hasMessageContaining(uid)
                .hasMessageContaining(name)
                .hasMessageContaining("Explicit VR");
    }

    @Test
    void twelveBitJpegIsAnUnsupportedTransferSyntax() {
        byte[] file = ct().syntax("1.2.840.10008.1.2.4.51")
                .undefined(PIXEL_DATA, "OB", fragments(new byte[8]))
                .build();

        assertThat(rejected(file).reason()).isEqualTo(Reason.UNSUPPORTED_TRANSFER_SYNTAX);
        assertThat(rejected(file)).hasMessageContaining("12-bit");
    }

    @Test
    void moreThanOneFrameIsRejectedNamingTheirNumber() {
        ScanDecodeException rejection =
                rejected(ct().text(0x00280008, "IS", "60").build());

        assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_LAYOUT);
        assertThat(rejection).hasMessageContaining("NumberOfFrames (0028,0008)").hasMessageContaining("60 frames");
    }

    @Test
    void oneFrameMayBeWrittenOut() throws Exception {
        assertThat(pixels(ct().text(0x00280008, "IS", "1").build())).isEqualTo(pixels(ct().build()));
    }

    @ParameterizedTest
    @ValueSource(ints = {ROWS, 0x00280011, BITS_ALLOCATED, PHOTOMETRIC, PIXEL_DATA})
    void attributeThatPixelsNeedIsNamedWhenAbsent(int tag) {
        ScanDecodeException rejection = rejected(ct().without(tag).build());

        assertThat(rejection.reason()).isEqualTo(Reason.MISSING_ATTRIBUTE);
        assertThat(rejection.field()).contains(DicomTag.display(tag));
    }

    @Test
    void computedTomographyWithoutRescaleTermsOrWindowIsRejected() {
        ScanDecodeException rejection =
                rejected(DicomFileBuilder.valid().text(0x00080060, "CS", "CT").build());

        assertThat(rejection.reason()).isEqualTo(Reason.MISSING_ATTRIBUTE);
        assertThat(rejection.field()).isEqualTo("RescaleSlope (0028,1053)");
    }

    @Test
    void paletteIsAnUnsupportedPhotometric() {
        ScanDecodeException rejection =
                rejected(eightBit().text(PHOTOMETRIC, "CS", "PALETTE COLOR").build());

        assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_PHOTOMETRIC);
        assertThat(rejection).hasMessageContaining("PALETTE COLOR");
    }

    @Test
    void pixelDataShorterThanTheImageIsTruncated() {
        ScanDecodeException rejection = rejected(ct().words(1, 2, 3, 4, 5).build());

        assertThat(rejection.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(rejection.field()).isEqualTo("PixelData (7FE0,0010)");
    }

    @Test
    void hugeDeclaredImageIsRejectedBeforeAllocation() {
        assertThat(rejected(ct().us(ROWS, 65_535).us(0x00280011, 65_535).build())
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void declaredLengthBeyondTheFileIsTruncated() {
        byte[] file = ct().build();
        // The length of PixelData stands 12 + 4 bytes before the end.
        file[file.length - 13] = 0x7F;

        assertThat(rejected(file).reason()).isEqualTo(Reason.TRUNCATED);
    }

    @ParameterizedTest
    @CsvSource({"17, 15", "0, 0", "12, 5", "12, 16"})
    void bitsThatDoNotFitTogetherAreCorrupt(int stored, int high) {
        assertThat(rejected(ct().us(BITS_STORED, stored).us(HIGH_BIT, high).build())
                        .reason())
                .isEqualTo(Reason.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "1e999", "0x1p3", "abc", "0"})
    void rescaleSlopeThatIsNoUsableNumberIsCorrupt(String slope) {
        assertThat(rejected(ct().text(0x00281053, "DS", slope).build()).reason())
                .isEqualTo(Reason.CORRUPT);
    }

    @Test
    void identityHoldsTheAllowListedFields() throws Exception {
        DicomIdentity identity = identity(ct().text(0x00080018, "UI", "1.2.3\0")
                .text(0x0020000D, "UI", "1.2.4\0")
                .text(0x0020000E, "UI", "1.2.5\0")
                .text(0x00100020, "LO", " PAT 7 ")
                .text(0x0008002A, "DT", "20200314150926.535898+0100"));

        assertThat(identity.sopInstanceUid()).contains("1.2.3");
        assertThat(identity.studyInstanceUid()).contains("1.2.4");
        assertThat(identity.seriesInstanceUid()).contains("1.2.5");
        assertThat(identity.patientId()).contains("PAT 7");
        assertThat(identity.acquisitionDateTime()).contains(LocalDateTime.parse("2020-03-14T15:09:26.535898"));
        assertThat(identity.acquiredAt(ZoneOffset.UTC)).contains(Instant.parse("2020-03-14T14:09:26.535898Z"));
    }

    @Test
    void identityPrintsNoValue() throws Exception {
        DicomIdentity identity = identity(ct().text(0x00100020, "LO", "PAT7").text(0x0020000D, "UI", "1.2.33"));

        assertThat(identity.toString())
                .contains("patientId=present")
                .doesNotContain("PAT7")
                .doesNotContain("1.2.33");
    }

    @Test
    void dateAndTimeStandInForAnAbsentDateTimeInTheSitesZone() throws Exception {
        DicomIdentity identity =
                identity(ct().text(0x00080022, "DA", "20200314").text(0x00080032, "TM", "1509"));

        assertThat(identity.acquiredAt(ZoneOffset.ofHours(2))).contains(Instant.parse("2020-03-14T13:09:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20201314", "yesterday", "2020", "20200314250000"})
    void dateTimeThatIsNoneIsLeftOut(String written) throws Exception {
        assertThat(identity(ct().text(0x0008002A, "DT", written)).acquisitionDateTime())
                .isEmpty();
    }

    @Test
    void fileCutOffAnywhereIsTruncatedOrIncomplete() {
        byte[] file = ct().build();
        for (int length = 132; length < file.length; length++) {
            assertThat(rejected(Arrays.copyOf(file, length)).reason())
                    .as("cut to %d of %d", length, file.length)
                    .isIn(Reason.TRUNCATED, Reason.MISSING_ATTRIBUTE);
        }
    }

    @Test
    void deflateBombIsRejected() {
        DecodeLimits limits = new DecodeLimits(100_000, 512, 512, 1 << 18, Duration.ofSeconds(5));
        byte[] zeros = new byte[10_000_000];
        java.util.zip.Deflater deflater = new java.util.zip.Deflater(9, true);
        deflater.setInput(zeros);
        deflater.finish();
        byte[] packed = new byte[50_000];
        int length = deflater.deflate(packed);
        deflater.end();
        byte[] head = new DicomFileBuilder().syntax("1.2.840.10008.1.2.1.99").build();
        byte[] file = Arrays.copyOf(head, head.length + length);
        System.arraycopy(packed, 0, file, head.length, length);

        ScanDecodeException rejection = catchThrowableOfType(
                ScanDecodeException.class,
                () -> new DicomReader(limits).read(ByteWindow.of(file, "file"), DecodeDeadline.startingNow(limits)));

        assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    private static DicomFileBuilder ct() {
        return DicomFileBuilder.valid()
                .text(0x00080060, "CS", "CT")
                .text(0x00281052, "DS", "-1024")
                .text(0x00281053, "DS", "1");
    }

    private static DicomFileBuilder eightBit() {
        return DicomFileBuilder.valid()
                .us(BITS_ALLOCATED, 8)
                .us(BITS_STORED, 8)
                .us(HIGH_BIT, 7)
                .bytes(0, 7, 100, 200, 254, 255);
    }

    private static DicomFileBuilder jpegFile() {
        return eightBit()
                .syntax("1.2.840.10008.1.2.4.50")
                .us(ROWS, Pictures.HEIGHT)
                .us(0x00280011, Pictures.WIDTH);
    }

    private static byte[] encapsulatedJpeg(byte[]... fragments) {
        return jpegFile().undefined(PIXEL_DATA, "OB", fragments(fragments)).build();
    }

    private static byte[] fragments(byte[]... fragments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(DicomFileBuilder.item(ITEM, 0));
        for (byte[] fragment : fragments) {
            out.writeBytes(DicomFileBuilder.item(ITEM, fragment.length));
            out.writeBytes(fragment);
        }
        out.writeBytes(DicomFileBuilder.item(SEQUENCE_END, 0));
        return out.toByteArray();
    }

    private static DicomIdentity identity(DicomFileBuilder file) throws ScanDecodeException {
        return read(file.build()).identity();
    }

    private static int[] pixels(byte[] file) throws ScanDecodeException {
        byte[] pixels = read(file).slice().pixels();
        int[] values = new int[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xFF;
        }
        return values;
    }

    private static DicomImage read(byte[] file) throws ScanDecodeException {
        DecodeLimits limits = DecodeLimits.DEFAULTS;
        return new DicomReader(limits).read(ByteWindow.of(file, "file"), DecodeDeadline.startingNow(limits));
    }

    private static ScanDecodeException rejected(byte[] file) {
        ScanDecodeException rejection = catchThrowableOfType(ScanDecodeException.class, () -> read(file));
        assertThat(rejection).as("rejection").isNotNull();
        return rejection;
    }
}

package org.ctstream.imaging.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationSettingsTest {

    @Test
    void descriptionIsStable() {
        assertThat(AugmentationSettings.standard().describe())
                .isEqualTo("crop=0.5..1,aspect=0.75..1.3333,centred=false,hflip=0.7,vflip=0.7,rotate=-15..15,"
                        + "brightness=0.8..1.2,contrast=0.8..1.2,smooth=0.3,sigma=0.3..1,"
                        + "erase=0,erased=0.02..0.2,fill=mean");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "centre-crop", "weak", "standard", "strong"})
    void nameAndDescriptionReadBackAsTheSameSettings(String name) {
        AugmentationSettings settings = AugmentationSettings.parse(name);

        assertThat(settings).isEqualTo(Samples.NAMED.get(name));
        assertThat(AugmentationSettings.parse(settings.describe())).isEqualTo(settings);
    }

    @Test
    void itemsBehindANameReplaceItsValues() {
        assertThat(AugmentationSettings.parse("standard, rotate=-10..10, erase=0.2,fill=noise"))
                .isEqualTo(AugmentationSettings.standard()
                        .withRotation(Span.around(0, 10))
                        .withErasing(new Erasing(0.2, new Span(0.02, 0.2), Erasing.Fill.NOISE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "standart           | standart | weak",
                "standard,zoom=2    | zoom=2   | crop",
                "hflip=0.5,standard | standard | first place",
                "standard,hflip=1.2 | hflip    | 0 to 1",
                "standard,hflip=x   | hflip=x  | number",
                "crop=0..1          | crop     | 0.01..1",
                "rotate=20..-20     | rotate   | smaller one first",
                "brightness=9       | 9        | 0..4",
                "contrast=-1        | -1       | 0..4",
                "contrast=NaN       | NaN      | finite",
                "centred=yes        | yes      | true or false",
                "fill=black         | black    | mean or noise",
                "sigma=0..99        | sigma    | 0..16",
                "''                 | ''       | standard",
            })
    void unreadableTextIsRefusedNamingTheItemAndWhatIsExpected(String text, String item, String expected) {
        assertThatThrownBy(() -> AugmentationSettings.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(item)
                .hasMessageContaining(expected);
    }
}

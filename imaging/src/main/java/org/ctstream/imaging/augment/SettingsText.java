package org.ctstream.imaging.augment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The one-line text of {@link AugmentationSettings}: {@code key=value} items with commas between them. */
final class SettingsText {

    private static final Map<String, Supplier<AugmentationSettings>> NAMED = Map.of(
            "none", AugmentationSettings::none,
            "centre-crop", AugmentationSettings::centreCrop,
            "weak", AugmentationSettings::weak,
            "standard", AugmentationSettings::standard,
            "strong", AugmentationSettings::strong);

    private static final Map<String, Item> ITEMS = items();

    private SettingsText() {}

    static AugmentationSettings parse(String text) {
        List<String> parts = new ArrayList<>(List.of(text.strip().split("\\s*,\\s*", -1)));
        Supplier<AugmentationSettings> named = NAMED.get(parts.get(0));
        AugmentationSettings settings = named == null ? AugmentationSettings.none() : named.get();
        for (String part : named == null ? parts : parts.subList(1, parts.size())) {
            settings = changed(settings, part);
        }
        return settings;
    }

    private static AugmentationSettings changed(AugmentationSettings settings, String part) {
        int equals = part.indexOf('=');
        Item item = equals < 0 ? null : ITEMS.get(part.substring(0, equals));
        if (item == null) {
            throw new IllegalArgumentException(
                    "augmentation '%s' is neither a name (%s; only in first place) nor an item key=value with one of the keys %s"
                            .formatted(
                                    part,
                                    String.join(
                                            ", ",
                                            NAMED.keySet().stream().sorted().toList()),
                                    ITEMS.keySet()));
        }
        try {
            return item.write.apply(settings, part.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("augmentation item '" + part + "': " + e.getMessage(), e);
        }
    }

    static String describe(AugmentationSettings settings) {
        List<String> parts = new ArrayList<>();
        ITEMS.forEach((key, item) -> parts.add(key + "=" + item.read.apply(settings)));
        return String.join(",", parts);
    }

    private static Map<String, Item> items() {
        Map<String, Item> items = new LinkedHashMap<>();
        items.put(
                "crop",
                new Item(
                        s -> s.crop().area().toString(),
                        (s, v) -> s.withCrop(new Crop(
                                Span.parse(v), s.crop().aspect(), s.crop().centred()))));
        items.put(
                "aspect",
                new Item(
                        s -> s.crop().aspect().toString(),
                        (s, v) -> s.withCrop(new Crop(
                                s.crop().area(), Span.parse(v), s.crop().centred()))));
        items.put(
                "centred",
                new Item(
                        s -> Boolean.toString(s.crop().centred()),
                        (s, v) -> s.withCrop(new Crop(s.crop().area(), s.crop().aspect(), truth(v)))));
        items.put(
                "hflip",
                new Item(s -> Span.plain(s.horizontalFlip()), (s, v) -> s.withFlips(number(v), s.verticalFlip())));
        items.put(
                "vflip",
                new Item(s -> Span.plain(s.verticalFlip()), (s, v) -> s.withFlips(s.horizontalFlip(), number(v))));
        items.put("rotate", new Item(s -> s.rotationDegrees().toString(), (s, v) -> s.withRotation(Span.parse(v))));
        items.put(
                "brightness",
                new Item(s -> s.brightness().toString(), (s, v) -> s.withTone(Span.parse(v), s.contrast())));
        items.put(
                "contrast",
                new Item(s -> s.contrast().toString(), (s, v) -> s.withTone(s.brightness(), Span.parse(v))));
        items.put(
                "smooth",
                new Item(
                        s -> Span.plain(s.smoothing().probability()),
                        (s, v) -> s.withSmoothing(
                                new Smoothing(number(v), s.smoothing().sigmaPixels()))));
        items.put(
                "sigma",
                new Item(
                        s -> s.smoothing().sigmaPixels().toString(),
                        (s, v) -> s.withSmoothing(new Smoothing(s.smoothing().probability(), Span.parse(v)))));
        items.put(
                "erase",
                new Item(
                        s -> Span.plain(s.erasing().probability()),
                        (s, v) -> s.withErasing(new Erasing(
                                number(v), s.erasing().area(), s.erasing().fill()))));
        items.put(
                "erased",
                new Item(
                        s -> s.erasing().area().toString(),
                        (s, v) -> s.withErasing(new Erasing(
                                s.erasing().probability(),
                                Span.parse(v),
                                s.erasing().fill()))));
        items.put(
                "fill",
                new Item(
                        s -> s.erasing().fill().name().toLowerCase(Locale.ROOT),
                        (s, v) -> s.withErasing(new Erasing(
                                s.erasing().probability(), s.erasing().area(), fill(v)))));
        return items;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' (expected: a number)", e);
        }
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' (expected: true or false)");
        }
        return text.equals("true");
    }

    private static Erasing.Fill fill(String text) {
        for (Erasing.Fill fill : Erasing.Fill.values()) {
            if (fill.name().toLowerCase(Locale.ROOT).equals(text)) {
                return fill;
            }
        }
        throw new IllegalArgumentException("'" + text + "' (expected: mean or noise)");
    }

    private record Item(
            Function<AugmentationSettings, String> read,
            BiFunction<AugmentationSettings, String, AugmentationSettings> write) {}
}

package org.ctstream.schemas.serde;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Finds generated classes by the name of their schema. */
final class SpecificTypes {
    private SpecificTypes() {}

    /** The generated class of that name; a class that is no record of Avro is not run, whatever a schema is called. */
    static Optional<Class<? extends SpecificRecord>> find(String fullName) {
        Class<?> type = load(fullName, Thread.currentThread().getContextClassLoader());
        if (type == null) {
            type = load(fullName, SpecificTypes.class.getClassLoader());
        }
        return type != null && SpecificRecord.class.isAssignableFrom(type)
                ? Optional.of(type.asSubclass(SpecificRecord.class))
                : Optional.empty();
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}

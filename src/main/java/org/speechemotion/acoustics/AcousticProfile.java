package org.speechemotion.acoustics;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The acoustic properties of a recording. A property that cannot be measured is missing: a recording without speech has no
 * level, and one without voiced frames no pitch.
 */
public final class AcousticProfile implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EnumMap<AcousticProperty, Double> values;

    /** Creates a profile of the finite ones of the values. */
    public AcousticProfile(Map<AcousticProperty, Double> values) {
        this.values = new EnumMap<>(AcousticProperty.class);
        values.forEach((property, value) -> {
            if (Double.isFinite(value)) {
                this.values.put(property, value);
            }
        });
    }

    /** Returns the value of a property. */
    public OptionalDouble value(AcousticProperty property) {
        Double value = values.get(property);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Returns the values of all properties that could be measured. */
    public Map<AcousticProperty, Double> values() {
        return Collections.unmodifiableMap(values);
    }
}

package io.k8sincident.activities.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of a class are a row of the table of faults: they show what happens under the fault that this names. They run
 * in the profile {@code faults} as well. A write that was carried out twice or without an approval fails the class; one that
 * opens no {@link FaultyApi} counts no writes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("fault")
@ExtendWith(FaultRows.class)
public @interface FaultRow {
    String value();
}

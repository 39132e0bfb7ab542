package io.k8sincident.cli.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param check what was looked at
 * @param fix what to do, unless all is well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
        String check, State state, String detail, @Nullable String fix) {
    /** How it is. */
    public enum State {
        GOOD,
        WARNING,
        BROKEN
    }

    static Finding good(String check, String detail) {
        return new Finding(check, State.GOOD, detail, null);
    }

    static Finding warning(String check, String detail, String fix) {
        return new Finding(check, State.WARNING, detail, fix);
    }

    static Finding broken(String check, String detail, String fix) {
        return new Finding(check, State.BROKEN, detail, fix);
    }
}

package io.k8sincident.worker.config;

/** A setting that no message shows. Immutable. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** By which the settings are bound. */
    public static Secret valueOf(String value) {
        return new Secret(value);
    }

    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}

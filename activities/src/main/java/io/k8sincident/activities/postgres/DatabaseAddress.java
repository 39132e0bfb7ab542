package io.k8sincident.activities.postgres;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A database and who logs in to it: {@code jdbc:postgresql://host:port/database?sslmode=verify-full}. Immutable; its text
 * has no credentials.
 */
public final class DatabaseAddress {
    /** Where the environment names one. */
    public static final String VARIABLE = "INCIDENT_AUDIT_DATABASE";

    private static final String SCHEME = "jdbc:postgresql://";
    private static final String EXAMPLE = "write it as " + SCHEME + "HOST:PORT/DATABASE";

    private final String url;
    private final String name;
    private final @Nullable String user;
    private final @Nullable String password;

    private DatabaseAddress(String url, String name, @Nullable String user, @Nullable String password) {
        this.url = url;
        this.name = name;
        this.user = user;
        this.password = password;
    }

    /**
     * An address.
     *
     * @param user absent for what the URL says, else the user of the operating system
     * @throws IllegalArgumentException if it is none; the message does not repeat it, since it may hold a password
     */
    public static DatabaseAddress of(String url, @Nullable String user, @Nullable String password) {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("does not begin with " + SCHEME + ": " + EXAMPLE);
        }
        URI address;
        try {
            address = URI.create(url.substring("jdbc:".length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no address: " + EXAMPLE, e);
        }
        String authority = Optional.ofNullable(address.getRawAuthority()).orElse("");
        if (authority.contains("@") || parameters(address).contains("password=")) {
            throw new IllegalArgumentException(
                    "holds a password, which others can see there: give user and password apart"
                            + " from it, in INCIDENT_AUDIT_DATABASE_USER and INCIDENT_AUDIT_DATABASE_PASSWORD or"
                            + " INCIDENT_AUDIT_DATABASE_PASSWORD_FILE");
        }
        if (authority.isEmpty() || address.getRawPath().length() < 2) {
            throw new IllegalArgumentException("names no server or no database: " + EXAMPLE);
        }
        return new DatabaseAddress(url, SCHEME + authority + address.getRawPath(), user, password);
    }

    /**
     * An address as settings give it; blank for absent.
     *
     * @param passwordFile holds the password in place of {@code password}; a line feed at its end does not belong to it
     * @throws IllegalArgumentException as above, or if the file cannot be read
     */
    public static DatabaseAddress of(String url, String user, String password, String passwordFile) {
        if (!password.isBlank() && !passwordFile.isBlank()) {
            throw new IllegalArgumentException("has a password and a file with one: give one of"
                    + " INCIDENT_AUDIT_DATABASE_PASSWORD and INCIDENT_AUDIT_DATABASE_PASSWORD_FILE");
        }
        String secret = passwordFile.isBlank() ? password : read(Path.of(passwordFile));
        return of(url.strip(), user.isBlank() ? null : user, secret.isEmpty() ? null : secret);
    }

    /**
     * The one in {@code INCIDENT_AUDIT_DATABASE} and the variables that begin so.
     *
     * @throws IllegalArgumentException as above
     */
    public static DatabaseAddress ofEnvironment(Map<String, String> environment) {
        return of(
                environment.getOrDefault(VARIABLE, ""),
                environment.getOrDefault(VARIABLE + "_USER", ""),
                environment.getOrDefault(VARIABLE + "_PASSWORD", ""),
                environment.getOrDefault(VARIABLE + "_PASSWORD_FILE", ""));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "has a password file that cannot be read, " + file + ": correct"
                            + " INCIDENT_AUDIT_DATABASE_PASSWORD_FILE or the file's rights",
                    e);
        }
    }

    private static String parameters(URI address) {
        return Optional.ofNullable(address.getRawQuery()).orElse("").toLowerCase(Locale.ROOT);
    }

    /** How messages call it: without parameters and credentials. */
    public String name() {
        return name;
    }

    public String url() {
        return url;
    }

    /** What the driver is told beside the URL, which wins where both say something. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "k8s-incident-agent");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    @Override
    public String toString() {
        return name;
    }
}

package io.k8sincident.scenarios.kubelet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image's name, as containerd resolves it: {@code busybox} is {@code docker.io/library/busybox:latest}.
 *
 * @param name full name without tag
 * @param tag tag
 */
record ImageReference(String name, String tag) {
    private static final Pattern FORM = Pattern.compile(
            "([^:@]+(?::[0-9]+/[^:@]+)?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]*))?" + "(?:@sha256:[0-9a-f]{64})?");
    private static final Pattern PATH = Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");

    /** Parses a name; {@link IllegalArgumentException} in the words of the image library where it is none. */
    static ImageReference parse(String image) {
        Matcher matcher = FORM.matcher(image);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("invalid reference format");
        }
        String name = matcher.group(1);
        String first = name.split("/", 2)[0];
        boolean registry =
                name.contains("/") && (first.contains(".") || first.contains(":") || first.equals("localhost"));
        String path = registry ? name.substring(first.length() + 1) : name.contains("/") ? name : "library/" + name;
        if (!PATH.matcher(path).matches()) {
            boolean upper = !path.equals(path.toLowerCase(java.util.Locale.ROOT));
            throw new IllegalArgumentException(
                    "invalid reference format" + (upper ? ": repository name (" + path + ") must be lowercase" : ""));
        }
        String tag = matcher.group(2) == null ? "latest" : matcher.group(2);
        return new ImageReference((registry ? first : "docker.io") + "/" + path, tag);
    }

    @Override
    public String toString() {
        return name + ":" + tag;
    }

    /** A digest that is the same for the same name. */
    String id() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
            return name + "@sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

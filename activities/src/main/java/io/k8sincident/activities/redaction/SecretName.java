package io.k8sincident.activities.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a variable, field, flag or annotation is named like a credential. */
final class SecretName {
    private static final Set<String> WORDS =
            Set.of(("password passwd passphrase pwd pass secret secrets token credential credentials creds "
                            + "apikey accesskey privatekey secretkey accountkey authkey sig cookie")
                    .split(" "));
    private static final List<String> ENDINGS =
            List.of("password passwd passphrase pwd secret token apikey accesskey credentials".split(" "));
    private static final Set<String> BEFORE_KEY =
            Set.of(("api access private secret account auth encryption signing master license deploy ssh " + "shared")
                    .split(" "));
    /** A name that ends so tells where a credential is, or how it is handled, not what it is. */
    private static final Set<String> ABOUT =
            Set.of(("file files path dir name names ref ttl timeout expiry expires expiration seconds "
                            + "length len count size min max enabled disabled required type url uri endpoint id "
                            + "policy version limit provider mount volume namespace audience issuer store class hash "
                            + "field label usage mode rotation manager")
                    .split(" "));

    private SecretName() {}

    /** What kind of credential a value of this name is; empty if the name does not say that it is one. */
    static Optional<String> kind(String name) {
        List<String> segments = segments(name);
        if (segments.isEmpty() || ABOUT.contains(segments.get(segments.size() - 1))) {
            return Optional.empty();
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (WORDS.contains(segment) || endsLikeOne(segment)) {
                return Optional.of(label(segment));
            }
            if (i > 0 && segment.equals("key") && BEFORE_KEY.contains(segments.get(i - 1))) {
                return Optional.of("key");
            }
        }
        return Optional.empty();
    }

    private static boolean endsLikeOne(String segment) {
        for (String ending : ENDINGS) {
            if (segment.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static String label(String segment) {
        if (segment.contains("pass") || segment.endsWith("pwd")) {
            return "password";
        }
        return segment.endsWith("key") ? "key" : segment.endsWith("token") ? "token" : "secret";
    }

    /** {@code AWS_SecretKey.id} as aws, secret, key, id. */
    private static List<String> segments(String name) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean hump = i > 0 && Character.isUpperCase(c) && Character.isLowerCase(name.charAt(i - 1));
            if (!Character.isLetter(c) || hump) {
                add(segments, segment);
            }
            if (Character.isLetter(c)) {
                segment.append(Character.toLowerCase(c));
            }
        }
        add(segments, segment);
        return segments;
    }

    private static void add(List<String> segments, StringBuilder segment) {
        if (!segment.isEmpty()) {
            segments.add(segment.toString());
            segment.setLength(0);
        }
    }
}

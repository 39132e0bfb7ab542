package io.k8sincident.scenarios.admission;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Generated names, from the alphabet of k8s.io/apimachinery's rand package, which spells no words. */
public final class Names {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 16777619;

    private Names() {}

    /** Five random characters, as {@code generateName} appends them. */
    public static String suffix() {
        Random random = ThreadLocalRandom.current();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /** A short hash of a text (FNV-1a, 32 bits), spelled as a pod-template-hash is. Equal texts give equal hashes. */
    public static String hash(String text) {
        int hash = FNV_OFFSET;
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (value & 0xff)) * FNV_PRIME;
        }
        StringBuilder name = new StringBuilder();
        Integer.toUnsignedString(hash)
                .chars()
                .forEach(digit -> name.append(ALPHABET.charAt(digit % ALPHABET.length())));
        return name.toString();
    }
}

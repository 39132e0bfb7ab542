package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The algorithm of a kubeconfig's client key. A PKCS#8 key ({@code BEGIN PRIVATE KEY}) does not name it in its header,
 * and the client library then takes it for RSA and fails with "Invalid DER".
 */
public final class ClientKeyAlgorithm {
    private static final List<String> KNOWN = List.of("RSA", "EC", "EdDSA");

    private ClientKeyAlgorithm() {}

    /** The same configuration, with the algorithm of its client key if that can be told. */
    public static Config detected(Config config) {
        return pkcs8(config)
                .flatMap(ClientKeyAlgorithm::of)
                .map(algorithm ->
                        new ConfigBuilder(config).withClientKeyAlgo(algorithm).build())
                .orElse(config);
    }

    private static Optional<String> of(byte[] key) {
        return KNOWN.stream().filter(algorithm -> reads(algorithm, key)).findFirst();
    }

    private static boolean reads(String algorithm, byte[] key) {
        try {
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<byte[]> pkcs8(Config config) {
        try {
            String pem = pem(config);
            if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
                return Optional.empty();
            }
            return Optional.of(Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", "")));
        } catch (IOException | IllegalArgumentException e) {
            // The client library reports an unreadable key itself, with its path.
            return Optional.empty();
        }
    }

    private static String pem(Config config) throws IOException {
        if (config.getClientKeyData() != null) {
            return new String(Base64.getMimeDecoder().decode(config.getClientKeyData()), StandardCharsets.US_ASCII);
        }
        return config.getClientKeyFile() == null ? "" : Files.readString(Path.of(config.getClientKeyFile()));
    }
}

package io.k8sincident.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.json.Json;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real API server, where the environment names one: INCIDENT_REAL_KUBECONFIG, with client certificates in it. */
final class RealCluster {
    static final String VARIABLE = "INCIDENT_REAL_KUBECONFIG";

    private RealCluster() {}

    static Optional<ApiClient> client() throws Exception {
        String file = System.getenv(VARIABLE);
        if (file == null || file.isEmpty()) {
            return Optional.empty();
        }
        JsonNode config = Json.parseYaml(Files.readAllBytes(Path.of(file))).get(0);
        JsonNode cluster = config.path("clusters").path(0).path("cluster");
        JsonNode user = config.path("users").path(0).path("user");
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        Certificate authority = certificates.generateCertificate(stream(cluster, "certificate-authority"));
        Certificate own = certificates.generateCertificate(stream(user, "client-certificate"));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("me", key(user), new char[0], new Certificate[] {own});
        KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(manager.getKeyManagers(), trust.getTrustManagers(), null);
        return Optional.of(new ApiClient(URI.create(Json.text(cluster, "server")), tls));
    }

    private static PrivateKey key(JsonNode user) throws Exception {
        String pem = new String(stream(user, "client-key").readAllBytes(), StandardCharsets.US_ASCII);
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        }
    }

    private static ByteArrayInputStream stream(JsonNode node, String field) throws Exception {
        String data = Json.text(node, field + "-data");
        return new ByteArrayInputStream(
                data.isEmpty()
                        ? Files.readAllBytes(Path.of(Json.text(node, field)))
                        : Base64.getDecoder().decode(data));
    }
}

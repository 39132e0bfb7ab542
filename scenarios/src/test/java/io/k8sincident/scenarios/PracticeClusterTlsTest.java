package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A practice cluster that speaks TLS answers whoever holds its kubeconfig, and nobody else. */
class PracticeClusterTlsTest {
    private static final char[] NO_PASSWORD = {};

    private final PracticeCluster cluster =
            PracticeCluster.start(PracticeOptions.defaults().withTls());

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void answersTheHolderOfItsKubeconfig() throws Exception {
        assertThat(status(true)).isEqualTo(200);
    }

    @Test
    void refusesAClientWithoutTheCertificate() {
        assertThatThrownBy(() -> status(false)).isInstanceOf(IOException.class);
    }

    private int status(boolean withKey) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(context(withKey)).build();
        HttpRequest request =
                HttpRequest.newBuilder(cluster.uri().resolve("/version")).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private SSLContext context(boolean withKey) throws GeneralSecurityException, IOException {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(data("certificate-authority-data")));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (withKey) {
            own.setKeyEntry("client", key(), NO_PASSWORD, new Certificate[] {certificate});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private PrivateKey key() throws GeneralSecurityException {
        String pem = new String(data("client-key-data"), StandardCharsets.US_ASCII);
        String content = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(content)));
    }

    private byte[] data(String field) {
        Matcher matcher = Pattern.compile(field + ": ([A-Za-z0-9+/=]+)").matcher(cluster.kubeconfig());
        assertThat(matcher.find()).isTrue();
        return Base64.getDecoder().decode(matcher.group(1));
    }
}

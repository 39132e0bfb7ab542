package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.scenarios.PracticeCluster;
import io.k8sincident.scenarios.PracticeOptions;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a kubeconfig names an authority, no other one vouches for the API server: not even one that Java trusts. */
class TrustedAuthoritiesTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final Pattern AUTHORITY = Pattern.compile("certificate-authority-data: ([A-Za-z0-9+/=]+)");

    private final PracticeCluster cluster =
            PracticeCluster.start(PracticeOptions.defaults().withTls());
    private final PracticeCluster other =
            PracticeCluster.start(PracticeOptions.defaults().withTls());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void letJavaTrustTheCluster() throws Exception {
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry("public", certificate());
        Path store = folder.resolve("public.jks");
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, "changeit".toCharArray());
        }
        System.setProperty(TRUST_STORE, store.toString());
    }

    @AfterEach
    void stop() {
        System.clearProperty(TRUST_STORE);
        cluster.close();
        other.close();
    }

    @Test
    void theOneOfTheKubeconfigDoes() throws Exception {
        try (KubernetesConnection connection = connect(cluster.kubeconfig())) {
            assertThat(new LiveSource(connection).take(Scope.everything()).gaps())
                    .isEmpty();
        }
    }

    @Test
    void aPublicOneDoesNot() throws Exception {
        String foreign = cluster.kubeconfig().replace(authority(cluster), authority(other));
        try (KubernetesConnection connection = connect(foreign)) {
            LiveSource source = new LiveSource(connection);

            assertThatThrownBy(() -> source.take(Scope.everything()))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("certificate");
        }
    }

    private KubernetesConnection connect(String kubeconfig) throws Exception {
        Path file = folder.resolve("kubeconfig");
        Files.writeString(file, kubeconfig);
        return KubernetesConnection.open(file, null);
    }

    private Certificate certificate() throws Exception {
        byte[] pem = Base64.getDecoder().decode(authority(cluster));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static String authority(PracticeCluster cluster) {
        Matcher found = AUTHORITY.matcher(cluster.kubeconfig());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}

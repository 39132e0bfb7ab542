package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The client library's settings for one context of a kubeconfig, or for the pod that this process runs in. */
final class ClientConfig {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int CONCURRENT_REQUESTS = 64;
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    /** The DER of id-ecPublicKey (RFC 5480): a PKCS#8 key that holds it is an elliptic curve's. */
    private static final String EC_KEY_OID = new String(
            new byte[] {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01},
            StandardCharsets.ISO_8859_1);

    private ClientConfig() {}

    /** @throws ClusterException if the context, its cluster or its user is not there, or has no server */
    static Config of(Kubeconfig kubeconfig, String contextName) {
        Fields context = kubeconfig.context(contextName).orElseThrow(() -> unknownContext(kubeconfig, contextName));
        Fields cluster = kubeconfig
                .cluster(context.text("cluster"))
                .orElseThrow(() -> dangling(kubeconfig, contextName, "cluster", context.text("cluster")));
        if (cluster.text("server").isEmpty()) {
            throw Kubeconfig.invalid(
                    kubeconfig.file(), "cluster '" + context.text("cluster") + "' has no field server", null);
        }
        Config config = base(cluster.text("server"));
        config.setNamespace(context.text("namespace").isEmpty() ? "default" : context.text("namespace"));
        config.setTrustCerts(cluster.flag("insecure-skip-tls-verify"));
        config.setDisableHostnameVerification(cluster.flag("insecure-skip-tls-verify"));
        text(cluster, "certificate-authority-data", config::setCaCertData);
        text(cluster, "certificate-authority", config::setCaCertFile);
        trustNoOther(config);
        text(cluster, "tls-server-name", config::setTlsServerName);
        text(cluster, "proxy-url", proxy -> {
            config.setHttpsProxy(proxy);
            config.setHttpProxy(proxy);
        });
        if (!context.text("user").isEmpty()) {
            Fields user = kubeconfig
                    .user(context.text("user"))
                    .orElseThrow(() -> dangling(kubeconfig, contextName, "user", context.text("user")));
            authenticate(config, user, kubeconfig);
        }
        return config;
    }

    /** The service account of this pod; its token is read anew for each request, since the kubelet rotates it. */
    static Config inCluster(String host, String port) {
        Config config = base("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        config.setCaCertFile(SERVICE_ACCOUNT.resolve("ca.crt").toString());
        trustNoOther(config);
        config.setOauthTokenProvider(() -> fileContent(SERVICE_ACCOUNT.resolve("token")));
        config.setNamespace(fileContent(SERVICE_ACCOUNT.resolve("namespace")));
        return config;
    }

    static boolean isInCluster() {
        return Files.isReadable(SERVICE_ACCOUNT.resolve("token"));
    }

    private static Config base(String server) {
        Config config = Config.empty();
        config.setMasterUrl(server);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setMaxConcurrentRequests(CONCURRENT_REQUESTS);
        config.setMaxConcurrentRequestsPerHost(CONCURRENT_REQUESTS);
        config.setRequestRetryBackoffLimit(0);
        config.setUserAgent("k8s-incident-agent");
        return config;
    }

    /** As kubectl does: where an authority is named, the public ones do not count. */
    private static void trustNoOther(Config config) {
        if (config.getCaCertData() != null || config.getCaCertFile() != null) {
            config.setTrustStoreFile(EmptyTrustStore.path());
            config.setTrustStorePassphrase(EmptyTrustStore.password());
        }
    }

    private static void authenticate(Config config, Fields user, Kubeconfig kubeconfig) {
        text(user, "client-certificate-data", config::setClientCertData);
        text(user, "client-certificate", config::setClientCertFile);
        text(user, "client-key-data", config::setClientKeyData);
        text(user, "client-key", config::setClientKeyFile);
        text(user, "token", config::setOauthToken);
        text(user, "tokenFile", file -> config.setOauthTokenProvider(() -> fileContent(Path.of(file))));
        text(user, "username", config::setUsername);
        text(user, "password", config::setPassword);
        text(user, "as", config::setImpersonateUsername);
        config.setImpersonateGroups(user.texts("as-groups").toArray(String[]::new));
        if (user.has("exec")) {
            ExecCredential plugin = new ExecCredential(user.child("exec"), kubeconfig.file());
            text(plugin.status(), "clientCertificateData", config::setClientCertData);
            text(plugin.status(), "clientKeyData", config::setClientKeyData);
            config.setOauthTokenProvider(plugin);
        }
        config.setClientKeyAlgo(isEllipticCurve(config) ? "EC" : "RSA");
    }

    private static boolean isEllipticCurve(Config config) {
        String pem = "";
        if (config.getClientKeyData() != null) {
            pem = decoded(config.getClientKeyData());
        } else if (config.getClientKeyFile() != null) {
            pem = fileContent(Path.of(config.getClientKeyFile()));
        }
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return pem.contains("BEGIN EC PRIVATE KEY") || decoded(body).contains(EC_KEY_OID);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }

    private static void text(Fields fields, String name, java.util.function.Consumer<String> setting) {
        String value = fields.text(name);
        if (!value.isEmpty()) {
            setting.accept(value);
        }
    }

    private static String fileContent(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static ClusterException unknownContext(Kubeconfig kubeconfig, String name) {
        String file = " in the kubeconfig " + kubeconfig.file();
        String what = name.isEmpty() ? "No current context is set" + file : "There is no context '" + name + "'" + file;
        String known = kubeconfig.contexts().isEmpty()
                ? "It has no contexts."
                : "It has: " + String.join(", ", kubeconfig.contexts()) + ".";
        return new ClusterException(
                ErrorCode.INVALID_INPUT,
                what + ". " + known + " Nothing was read or changed. Next: give one of them with --context.");
    }

    private static ClusterException dangling(Kubeconfig kubeconfig, String context, String what, String name) {
        return Kubeconfig.invalid(
                kubeconfig.file(),
                "context '" + context + "' names the " + what + " '" + name + "', which is not there",
                null);
    }
}

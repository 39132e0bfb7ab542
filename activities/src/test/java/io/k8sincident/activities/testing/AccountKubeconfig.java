package io.k8sincident.activities.testing;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kubeconfig of a service account, with a token for an hour that an administrator asks for. */
public final class AccountKubeconfig {
    private AccountKubeconfig() {}

    /** Writes the file; the account exists. */
    public static Path write(KubernetesClient administrator, String namespace, String name, Path file)
            throws IOException {
        TokenRequest token = administrator
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3_600L)
                        .endSpec()
                        .build());
        Config config = administrator.getConfiguration();
        String authority = config.getCaCertData() == null
                ? "certificate-authority: " + config.getCaCertFile()
                : "certificate-authority-data: " + config.getCaCertData();
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                clusters:
                - {name: cluster, cluster: {server: "%2$s", %3$s}}
                contexts:
                - {name: %1$s, context: {cluster: cluster, user: %1$s}}
                users:
                - {name: %1$s, user: {token: "%4$s"}}
                """.formatted(
                name, config.getMasterUrl(), authority, token.getStatus().getToken()));
    }
}

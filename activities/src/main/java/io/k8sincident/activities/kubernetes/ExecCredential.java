package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The token that a kubeconfig's {@code exec} plugin gives (client.authentication.k8s.io), asked for anew when it has
 * expired. Thread-safe.
 */
final class ExecCredential implements OAuthTokenProvider {
    private static final long LONGEST_SECONDS = 30;
    private static final int LARGEST_ANSWER = 1024 * 1024;

    private final Fields exec;
    private final Path kubeconfig;
    private Fields status = Fields.of(new ObjectMapper().createObjectNode());
    private Instant expires = Instant.MIN;

    ExecCredential(Fields exec, Path kubeconfig) {
        this.exec = exec;
        this.kubeconfig = kubeconfig;
    }

    @Override
    public String getToken() {
        return status().text("token");
    }

    /**
     * What the plugin answered, as long as it holds.
     *
     * @throws ClusterException if the plugin cannot be run, fails, takes too long or answers nothing that fits
     */
    synchronized Fields status() {
        if (!Instant.now().isBefore(expires)) {
            status = run();
            expires = status.time("expirationTimestamp").orElse(Instant.MAX);
        }
        return status;
    }

    private Fields run() {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(exec.texts("args"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        exec.list("env").forEach(env -> builder.environment().put(env.text("name"), env.text("value")));
        builder.environment()
                .put(
                        "KUBERNETES_EXEC_INFO",
                        "{\"apiVersion\":\"" + exec.text("apiVersion")
                                + "\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            byte[] answer;
            try (InputStream output = process.getInputStream()) {
                answer = output.readNBytes(LARGEST_ANSWER);
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed("it did not end within " + LONGEST_SECONDS + " s", null);
            }
            if (process.exitValue() != 0) {
                throw failed("it ended with exit code " + process.exitValue(), null);
            }
            return Fields.of(new ObjectMapper().readTree(answer)).child("status");
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        }
    }

    private String executable() {
        String command = exec.text("command");
        return command.indexOf('/') > 0
                ? kubeconfig.toAbsolutePath().resolveSibling(command).toString()
                : command;
    }

    private ClusterException failed(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ClusterException(
                ErrorCode.CLUSTER_FORBIDDEN,
                "The credential plugin '" + exec.text("command") + "' of the kubeconfig " + kubeconfig + " failed: "
                        + why + ". Nothing was read or changed. Next: run it by hand, or 'kubectl auth whoami'.",
                cause == null ? new IOException(why) : cause);
    }
}

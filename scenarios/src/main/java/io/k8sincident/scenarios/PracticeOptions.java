package io.k8sincident.scenarios;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a practice cluster is started.
 *
 * @param port port on 127.0.0.1; 0 for any free one
 * @param kubeconfig file to write a kubeconfig to once the cluster is ready; empty for none
 * @param timeScale how many times faster than the clock back-offs, probes and deadlines run; above 0, at most 1000
 * @param auditLog file to append every request to, one JSON object a line; empty for none
 * @param exitWithParent whether the process ends when its standard input does
 * @param tls whether it speaks TLS and asks for the certificate that the kubeconfig then holds; needs keytool of the JDK
 */
public record PracticeOptions(
        int port,
        Optional<Path> kubeconfig,
        double timeScale,
        Optional<Path> auditLog,
        boolean exitWithParent,
        boolean tls) {
    private static final int HIGHEST_PORT = 65_535;
    private static final double FASTEST = 1_000;

    /** Checks the numbers. */
    public PracticeOptions {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port must be between 0 and 65535, not " + port);
        }
        if (!(timeScale > 0 && timeScale <= FASTEST)) {
            throw new IllegalArgumentException("--time-scale must be above 0 and at most 1000, not " + timeScale);
        }
    }

    /** A free port, real time, no files. */
    public static PracticeOptions defaults() {
        return new PracticeOptions(0, Optional.empty(), 1, Optional.empty(), false, false);
    }

    /** The same, so many times faster. */
    public PracticeOptions withTimeScale(double scale) {
        return new PracticeOptions(port, kubeconfig, scale, auditLog, exitWithParent, tls);
    }

    /** The same, with a kubeconfig written to this file. */
    public PracticeOptions withKubeconfig(Path file) {
        return new PracticeOptions(port, Optional.of(file), timeScale, auditLog, exitWithParent, tls);
    }

    /** The same, with requests appended to this file. */
    public PracticeOptions withAuditLog(Path file) {
        return new PracticeOptions(port, kubeconfig, timeScale, Optional.of(file), exitWithParent, tls);
    }

    /** The same, speaking TLS. */
    public PracticeOptions withTls() {
        return new PracticeOptions(port, kubeconfig, timeScale, auditLog, exitWithParent, true);
    }

    /**
     * Reads command-line arguments.
     *
     * @throws IllegalArgumentException naming the argument at fault and the remedy
     */
    public static PracticeOptions parse(String... arguments) {
        PracticeOptions options = defaults();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals("--exit-with-parent")) {
                options = new PracticeOptions(
                        options.port, options.kubeconfig, options.timeScale, options.auditLog, true, options.tls);
                continue;
            }
            if (name.equals("--tls")) {
                options = options.withTls();
                continue;
            }
            if (i + 1 >= arguments.length) {
                throw new IllegalArgumentException(
                        name.startsWith("--") ? name + " needs a value" : "unknown argument " + name);
            }
            String value = arguments[++i];
            options = switch (name) {
                case "--port" ->
                    new PracticeOptions(
                            (int) number(name, value),
                            options.kubeconfig,
                            options.timeScale,
                            options.auditLog,
                            options.exitWithParent,
                            options.tls);
                case "--kubeconfig" -> options.withKubeconfig(Path.of(value));
                case "--time-scale" -> options.withTimeScale(number(name, value));
                case "--audit-log" -> options.withAuditLog(Path.of(value));
                default ->
                    throw new IllegalArgumentException("unknown argument " + name
                            + "; known are --port, --kubeconfig, --time-scale, --audit-log, --tls, --exit-with-parent");
            };
        }
        return options;
    }

    private static double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not \"" + value + "\"", e);
        }
    }
}

package io.k8sincident.worker.config;

/**
 * A setting that the worker cannot start with. Its message is one line: the setting, what is wrong with it, that nothing
 * was changed, and what to do.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * For a setting with a problem.
     *
     * @param setting by the name under which a person sets it
     * @param problem a clause that goes on from the name, such as {@code is empty}
     * @param remedy an imperative, such as {@code set INCIDENT_CLUSTER=prod-eu}
     */
    public ConfigurationException(String setting, String problem, String remedy) {
        super(setting + " " + problem + " · the worker was not started, nothing was changed · " + remedy);
    }
}

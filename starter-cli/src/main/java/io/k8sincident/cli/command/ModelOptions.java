package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model is asked, where this process asks it. */
final class ModelOptions {
    @Option(
            names = "--llm-model",
            paramLabel = "NAME",
            description = "The model, as 'ollama list' shows it; INCIDENT_LLM_MODEL, else qwen2.5:7b, if absent.")
    @Nullable
    String model;

    @Option(
            names = "--llm-url",
            paramLabel = "URL",
            description = "The Ollama server; INCIDENT_LLM_URL, else http://127.0.0.1:11434, if absent. One that is not"
                    + " on this machine must be allowed by the policy.")
    @Nullable
    String url;

    /** @throws Problem if they are given where no model is asked */
    void require(LlmOptions llm) {
        if (!llm.wished && (model != null || url != null)) {
            throw Problem.usage("--llm-model and --llm-url say which model is asked, and none is", "add --llm");
        }
    }
}

package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/**
 * An admission webhook.
 *
 * @param culprit the configuration that it is in, or the webhook by its name where no configuration was read
 */
record Webhook(Culprit culprit) {
    private static final List<String> KINDS = List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration");
    private static final Pattern ADDRESS = Pattern.compile("https://([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc[:/]");

    static Webhook named(ClusterView cluster, String name) {
        return KINDS.stream()
                .flatMap(kind -> cluster.all(kind).stream())
                .flatMap(configuration -> configuration.fields().list("webhooks").stream()
                        .filter(webhook -> webhook.text("name").equals(name))
                        .map(webhook -> new Webhook(culprit(configuration, webhook))))
                .findFirst()
                .orElseGet(() -> new Webhook(Culprits.object("Webhook", name, null, null)));
    }

    private static Culprit culprit(Resource configuration, Fields webhook) {
        Fields service = webhook.child("clientConfig", "service");
        String at = "webhooks[" + webhook.text("name") + "].clientConfig";
        return service.present()
                ? Culprits.object(
                        configuration.kind(),
                        configuration.name(),
                        at + ".service",
                        service.text("namespace") + "/" + service.text("name"))
                : Culprits.object(
                        configuration.kind(), configuration.name(), at + ".url", webhook.text("clientConfig", "url"));
    }

    /** The Service that the API server tried to reach, if it was read. */
    static Optional<Resource> serviceIn(ClusterView cluster, String message) {
        Matcher address = ADDRESS.matcher(message);
        return address.find() ? cluster.find("Service", address.group(2), address.group(1)) : Optional.empty();
    }
}

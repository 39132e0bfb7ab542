package io.k8sincident.activities.kubernetes;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;

/**
 * HTTP clients that follow no redirect. The usual ones would send a write a second time, with its credentials, to an address
 * that nobody named, and take the answer of another request for that to the write.
 */
final class DirectHttp extends JdkHttpClientFactory {
    /** Called last, after what the configuration says. */
    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.followRedirects(Redirect.NEVER);
    }
}

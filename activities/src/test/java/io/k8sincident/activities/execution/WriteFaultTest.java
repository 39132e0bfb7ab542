package io.k8sincident.activities.execution;

import io.fabric8.kubernetes.client.Config;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Remedy;

/** The contract, against objects in memory. */
class WriteFaultTest extends WriteFaultContract {
    @Override
    ApiBackend cluster() {
        return Crashy.store();
    }

    @Override
    Remedy remedy(Config cluster) {
        return new Remedy(cluster);
    }
}

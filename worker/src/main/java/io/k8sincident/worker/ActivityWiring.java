package io.k8sincident.worker;

import io.k8sincident.worker.config.Role;
import io.k8sincident.worker.temporal.Duties;
import io.k8sincident.workflows.workflow.IncidentWorkflowImpl;
import io.temporal.worker.Worker;

/** Which implementation stands behind each port, and what each is made of. The only place that knows. */
class ActivityWiring implements Duties {
    @Override
    public void assign(Role role, Worker worker) {
        switch (role) {
            case READER -> {
                worker.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
                worker.registerActivitiesImplementations(reading());
            }
            case EXECUTOR -> worker.registerActivitiesImplementations(writing());
        }
    }

    private Object[] reading() {
        return new Object[] {};
    }

    private Object[] writing() {
        return new Object[] {};
    }
}

package io.k8sincident.worker;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.postgres.DatabaseAddress;
import io.k8sincident.activities.postgres.Migration;
import java.util.Map;

/**
 * What {@code incident audit migrate} starts: makes or changes the tables of the database in
 * {@code INCIDENT_AUDIT_DATABASE}, and gives a role its rights. It ends with exit code 2 when a setting is wrong, 1 when
 * the database refuses.
 */
public final class MigrationMain {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private MigrationMain() {}

    /**
     * Migrates.
     *
     * @param arguments the role that workers log in as
     */
    public static void main(String[] arguments) {
        int code = run(System.getenv(), arguments[0]);
        if (code != 0) {
            System.exit(code);
        }
    }

    @SuppressWarnings("SystemOut")
    private static int run(Map<String, String> environment, String worker) {
        try {
            DatabaseAddress owner = DatabaseAddress.ofEnvironment(environment);
            int steps = new Migration(owner).run(worker);
            System.out.println(owner.name() + ": " + steps + (steps == 1 ? " migration" : " migrations")
                    + " applied, rights given to " + worker);
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("error: INCIDENT_AUDIT_DATABASE " + e.getMessage() + " · nothing was changed");
            return USAGE;
        } catch (AuditUnavailableException e) {
            System.err.println("error: " + e.getMessage());
            return FAILED;
        }
    }
}

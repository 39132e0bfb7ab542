package io.k8sincident.activities.postgres;

import io.k8sincident.activities.audit.AuditUnavailableException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Makes the tables, or changes those of an earlier version, and gives the worker's role its rights. As the owner of the
 * schema {@code incident}, which is made where it is missing; may be done again. The only class that needs Flyway.
 */
public final class Migration {
    /** The version of the tables that this program needs. */
    static final int VERSION = 1;

    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");

    private final DatabaseAddress owner;

    public Migration(DatabaseAddress owner) {
        this.owner = owner;
    }

    /**
     * Migrates.
     *
     * @param worker the role that workers log in as
     * @return how many steps were to be done
     * @throws IllegalArgumentException if this is no name of a role
     * @throws AuditUnavailableException if the database refuses; the step that failed was taken back
     */
    public int run(String worker) {
        if (!ROLE.matcher(worker).matches()) {
            throw new IllegalArgumentException("\"" + worker + "\" is not the name of a role");
        }
        try {
            return migrate(worker);
        } catch (FlywayException e) {
            throw new AuditUnavailableException(
                    "the database cannot be migrated: " + explained(e)
                            + ". Nothing was changed by the step that failed. Next: log in as the owner of the"
                            + " database, see deploy/postgres/roles.sql, and do it again",
                    e);
        }
    }

    private String explained(FlywayException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return cause instanceof SQLException sql
                ? SqlStates.said(owner.name(), sql)
                : owner.name() + ": "
                        + String.valueOf(failure.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("");
    }

    private int migrate(String worker) {
        return Flyway.configure(Migration.class.getClassLoader())
                .dataSource(owner.url(), null, null)
                .jdbcProperties(properties())
                .schemas("incident")
                .table("schema_history")
                .locations("classpath:io/k8sincident/activities/postgres")
                .placeholders(Map.of("worker", worker))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        owner.properties().forEach((name, value) -> properties.put(String.valueOf(name), String.valueOf(value)));
        return properties;
    }
}

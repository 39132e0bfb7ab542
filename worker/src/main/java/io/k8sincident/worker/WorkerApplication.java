package io.k8sincident.worker;

import io.k8sincident.worker.config.StartFailure;
import io.k8sincident.worker.config.WorkerSettings;
import io.k8sincident.worker.process.ParentProcess;
import io.k8sincident.worker.process.ReadyFile;
import io.k8sincident.worker.temporal.IncidentWorker;
import io.k8sincident.worker.temporal.TemporalSettings;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The worker process. It ends with exit code 2 when a setting is wrong, 1 when it cannot start for another reason, and
 * serves until it is told to stop otherwise.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerSettings.class)
@Import(ActivityWiring.class)
public class WorkerApplication {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerApplication.class);
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @Bean
    TemporalSettings temporalSettings() {
        return TemporalSettings.load(System.getenv());
    }

    @Bean
    IncidentWorker incidentWorker(WorkerSettings settings, TemporalSettings temporal, ActivityWiring wiring) {
        return new IncidentWorker(settings, temporal, wiring, LOG::info);
    }

    /** Runs until the process is told to stop. */
    public static void main(String[] args) throws InterruptedException {
        SpringApplication application = new SpringApplication(WorkerApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setLazyInitialization(true);
        Optional<Integer> failure = Optional.empty();
        try (ConfigurableApplicationContext context = application.run(args)) {
            serve(context);
        } catch (RuntimeException e) {
            failure = Optional.of(report(e, List.of(args).contains("--debug")));
        }
        failure.ifPresent(System::exit);
    }

    private static void serve(ConfigurableApplicationContext context) throws InterruptedException {
        WorkerSettings settings = context.getBean(WorkerSettings.class);
        if (settings.exitWithParent()) {
            new ParentProcess(System.in).onEnd(() -> System.exit(0));
        }
        Optional<ReadyFile> readyFile = settings.readyFilePath().map(ReadyFile::new);
        readyFile.ifPresent(ReadyFile::clear);
        // At an exit from outside the process may be gone before this thread gets to its end.
        readyFile.ifPresent(file -> Runtime.getRuntime().addShutdownHook(new Thread(file::close)));
        try {
            context.getBean(IncidentWorker.class).serve(line -> {
                LOG.info(line);
                readyFile.ifPresent(file -> file.announce(line));
            });
        } finally {
            readyFile.ifPresent(ReadyFile::close);
        }
    }

    @SuppressWarnings("SystemOut")
    private static int report(RuntimeException failure, boolean debug) {
        Optional<String> explanation = StartFailure.explain(failure);
        if (explanation.isPresent()) {
            System.err.println("error: " + explanation.get());
            return USAGE;
        }
        System.err.println(
                "error: the worker cannot start: " + failure + " · nothing was changed · --debug tells more");
        if (debug) {
            failure.printStackTrace();
        }
        return FAILED;
    }
}

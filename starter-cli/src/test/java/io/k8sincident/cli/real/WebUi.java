package io.k8sincident.cli.real;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Temporal's Web UI in a real Chromium, used as a person would. */
final class WebUi implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final String DIALOG = "dialog#signal-confirmation-modal[open]";
    private final ChromeDriver browser;

    WebUi() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1400,1600",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER)
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    /** Whether this machine has a Chromium and its driver. */
    static boolean available() {
        return Files.isExecutable(CHROMIUM) && DRIVER.canExecute();
    }

    void open(String url) {
        browser.get(url);
    }

    /** Opens a tab of the workflow that is shown. */
    void tab(String name) {
        patience("tab " + name)
                .until(ExpectedConditions.elementToBeClickable(By.partialLinkText(name)))
                .click();
    }

    /** Waits until the page shows this text, also within a frame: the UI renders Markdown in one. */
    void awaitText(String text) {
        String[] seen = {""};
        patience("")
                .ignoring(WebDriverException.class)
                .withMessage(() -> text + " is not in " + seen[0])
                .until(driver -> {
                    seen[0] = everything();
                    return seen[0].contains(text);
                });
    }

    /** What the page and its frames show; a frame that is drawn anew meanwhile makes it fail. */
    private String everything() {
        browser.switchTo().defaultContent();
        StringBuilder all = new StringBuilder(bodyText().strip());
        for (WebElement frame : browser.findElements(By.tagName("iframe"))) {
            browser.switchTo().frame(frame);
            all.append("\n--- frame\n").append(bodyText().strip());
            browser.switchTo().defaultContent();
        }
        return all.toString();
    }

    private String bodyText() {
        return String.valueOf(browser.findElement(By.tagName("body")).getDomProperty("textContent"));
    }

    /**
     * Sends a signal through the dialog of the workflow that is shown. With a worker that runs, the dialog offers the
     * workflow's signals.
     */
    void signal(String name, String json) {
        openDialog();
        visible(By.cssSelector(DIALOG + " [data-testid='signal-select-button']"))
                .click();
        visible(By.xpath("//dialog[@open]//li[@role='option'][normalize-space(.)='" + name + "']"))
                .click();
        visible(By.cssSelector(DIALOG + " [role='textbox'][aria-label='Data']")).click();
        // Inserted as from the clipboard: the editor closes brackets and quotes by itself when they are typed.
        browser.executeScript("document.execCommand('insertText', false, arguments[0])", json);
        // The editor formats its text when it loses the focus, which moves the button away from under the first click.
        patience("the dialog to close").ignoring(WebDriverException.class).until(driver -> {
            Optional<WebElement> submit = shown(By.cssSelector(DIALOG + " [data-testid='confirm-modal-button']"));
            submit.ifPresent(WebElement::click);
            return submit.isEmpty();
        });
    }

    /** Opens the menu, then the dialog; a click on what is still being drawn is lost, so it is tried until it is open. */
    private void openDialog() {
        patience("the signal dialog").ignoring(WebDriverException.class).until(driver -> {
            boolean open = shown(By.cssSelector(DIALOG)).isPresent();
            if (!open) {
                shown(By.cssSelector("[data-testid='signal-button']"))
                        .or(() -> shown(By.cssSelector("[aria-controls='workflow-actions']")))
                        .ifPresent(WebElement::click);
            }
            return open;
        });
    }

    void screenshot(Path file) throws IOException {
        Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
    }

    private WebDriverWait patience(String what) {
        WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(40));
        wait.withMessage(what);
        return wait;
    }

    private WebElement visible(By selector) {
        return patience(selector.toString()).until(driver -> shown(selector).orElse(null));
    }

    private Optional<WebElement> shown(By selector) {
        return browser.findElements(selector).stream()
                .filter(WebElement::isDisplayed)
                .findFirst();
    }

    @Override
    public void close() {
        browser.quit();
    }
}
